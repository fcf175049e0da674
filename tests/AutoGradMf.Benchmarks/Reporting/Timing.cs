using System.Diagnostics;

namespace AutoGradMf.Benchmarks.Reporting;

/// <summary>Wall-clock times of one action over several runs, in milliseconds.</summary>
/// <param name="Median">The median run.</param>
/// <param name="Minimum">The fastest run.</param>
internal sealed record Timing(double Median, double Minimum)
{
    /// <summary>What an action that times itself says: after <paramref name="warmUps"/> runs, of <paramref name="rounds"/>.</summary>
    public static Timing Of(int warmUps, int rounds, Func<TimeSpan> action)
    {
        for (var w = 0; w < warmUps; w++)
        {
            action();
        }

        return Of([.. Enumerable.Range(0, rounds).Select(_ => action().TotalMilliseconds)]);
    }

    /// <summary>
    /// Runs the actions in turns, so that what else the machine does meets them alike: <paramref name="warmUps"/> rounds unmeasured, then
    /// <paramref name="rounds"/> measured.
    /// </summary>
    public static IReadOnlyList<Timing> Interleaved(int warmUps, int rounds, params IReadOnlyList<Action> actions)
    {
        var times = actions.Select(_ => new List<double>()).ToList();
        for (var round = -warmUps; round < rounds; round++)
        {
            for (var a = 0; a < actions.Count; a++)
            {
                var start = Stopwatch.GetTimestamp();
                actions[a]();
                if (round >= 0)
                {
                    times[a].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        return [.. times.Select(Of)];
    }

    private static Timing Of(List<double> times) => new(times.Order().ElementAt(times.Count / 2), times.Min());
}
