using System.Diagnostics;
using System.Globalization;
using AutoGradMf.Benchmarks.Descent;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>An epoch of stochastic gradient by generated code, beside loops written by hand on one thread; and what ten epochs learn.</summary>
internal sealed class DescentSuite : ISuite
{
    private const int Rounds = 7;
    private const int FewRounds = 3;
    private const int Many = 10_000_000;
    private const string ByHand = "LIBMF's rates by hand";

    private static readonly RatingSize[] Sizes = [new("in cache", 2_048, 2_048, 1_000_000), RatingSize.Ml1M, RatingSize.Ml20M];

    public string Name => "sgd";

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        using var one = new Workers(1);
        using var all = new Workers(options.Threads);
        var workers = options.Threads > 1 ? new[] { one, all } : [one];
        foreach (var row in Sizes.SelectMany(size => Measure(new(size, options.Rank, one), workers, options.Rank)))
        {
            yield return row;
        }

        foreach (var row in Learn(new(RatingSize.Ml1M, options.Rank), all, options.Rank))
        {
            yield return row;
        }
    }

    private IEnumerable<ResultRow> Measure(DescentCase measured, Workers[] workers, int rank)
    {
        (string Name, Action Run, int Threads)[] implementations =
        [
            ("hand-tuned", measured.Tuned, 1),
            ("straightforward", measured.Straightforward, 1),
            .. workers.SelectMany(w => new (string, Action, int)[]
            {
                ("generated", () => measured.Generated(w), w.Count),
                ("generated, adaptive", () => measured.GeneratedAdaptive(w), w.Count),
                ("generated, biases", () => measured.GeneratedBiased(w), w.Count),
            }),
        ];
        var timings = Timing.Interleaved(1, measured.Size.Entries > Many ? FewRounds : Rounds, [.. implementations.Select(i => i.Run)]);
        return implementations.Zip(timings, (i, timing) => Row(measured.Size.Name, measured.Size, rank, i.Threads, i.Name, timing, timings[0], "hand-tuned")
            with { Figure = string.Create(CultureInfo.InvariantCulture, $"{measured.Size.Entries / timing.Minimum / 1000:0} million updates/s") });
    }

    private IEnumerable<ResultRow> Learn(LearningCase learned, Workers workers, int rank)
    {
        var start = Stopwatch.GetTimestamp();
        var byHand = learned.ByHand();
        var baseline = Once(start);
        start = Stopwatch.GetTimestamp();
        var generated = learned.Generated(workers);
        var timing = Once(start);
        var name = $"{learned.Size.Name}, ten epochs with tests";
        yield return Row(name, learned.Size, rank, 1, ByHand, baseline, baseline, ByHand) with { Figure = LearningCase.Figure(byHand) };
        yield return Row(name, learned.Size, rank, workers.Count, "generated, adaptive", timing, baseline, ByHand) with { Figure = LearningCase.Figure(generated) };
    }

    private ResultRow Row(string name, RatingSize size, int rank, int threads, string implementation, Timing timing, Timing to, string baseline) => new(
        Name, name, size.M, size.N, size.Entries, rank, "float", threads, implementation, timing.Median, timing.Minimum, timing.Minimum / to.Minimum, baseline);

    private static Timing Once(long start)
    {
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new(elapsed, elapsed);
    }
}
