using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Corpus.Tests;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>What a gradient costs in values, for every loss of the corpus that has data of users and movies, each once.</summary>
internal sealed class RatioSuite : ISuite
{
    private const int Users = 6_040;
    private const int Movies = 3_706;
    private const int Entries = 1_000_209;
    private const int LargeWork = 100;

    public string Name => "ratio";

    public bool IsInReadme => false;

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        using var workers = new Workers(options.Threads);
        var point = new SyntheticPoint<float>(Users, Movies, options.Rank, Entries);
        foreach (var loss in GeneratedLoss.All.Where(loss => !GeneratedLoss.IsVariation(loss)))
        {
            foreach (var row in Measure(loss, point.Objective(loss), workers, options))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ResultRow> Measure(string loss, IObjective<float> objective, Workers workers, SuiteOptions options)
    {
        var (at, gradient, workspace) = (SyntheticPoint<float>.Start(objective), new Parameters<float>(objective.Layout), objective.CreateWorkspace(workers));
        Action[] actions = [() => objective.Value(at, workspace), () => objective.ValueAndGradient(at, gradient, workspace)];

        // Until the just-in-time compiler is through, or for long enough.
        var first = Timing.Interleaved(warmUps: 1, rounds: 1, actions);
        var isLarge = first[1].Minimum > LargeWork;
        var timings = Timing.Interleaved(warmUps: isLarge ? 0 : 10, rounds: isLarge ? 3 : 10, actions);
        return [Row("value", timings[0]), Row("value and gradient", timings[1])];

        ResultRow Row(string name, Timing timing) => new(
            Name, loss, Users, Movies, Entries, options.Rank, "float", options.Threads, name, timing.Median, timing.Minimum, timing.Minimum / timings[0].Minimum, "value");
    }
}
