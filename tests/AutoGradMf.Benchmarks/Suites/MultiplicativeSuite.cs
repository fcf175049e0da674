using AutoGradMf.Benchmarks.Alternating;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>Iterations of multiplicative updates of sparse non-negative data, beside plain loops.</summary>
internal sealed class MultiplicativeSuite : ISuite
{
    public string Name => "multiplicative";

    public IEnumerable<ResultRow> Run(SuiteOptions options) =>
        new[] { RatingSize.Ml1M, RatingSize.Ml20M }.SelectMany(size => Measure(size, options));

    private List<ResultRow> Measure(RatingSize size, SuiteOptions options)
    {
        var ratings = RatingCache.Get(size);
        using var workers = new Workers(options.Threads);
        var objective = new AlternatingLosses.NonNegativeObjective<float>(ratings, options.Rank);
        var generated = new OptimizerIterations(new MultiplicativeUpdates<float>(), objective, workers);
        var start = OptimizerIterations.Start(objective.Layout);
        var (u, v) = (start[0].Span.ToArray(), start[1].Span.ToArray());
        var straightforward = new StraightforwardUpdates(ratings, options.Rank);
        (string Name, int Threads, Action Run)[] implementations =
        [
            ("straightforward C#", 1, () => straightforward.Iterate(u, v)),
            ("generated, MultiplicativeUpdates", options.Threads, generated.Iterate),
        ];
        var timings = Timing.Interleaved(warmUps: 2, size == RatingSize.Ml1M ? 9 : 3, [.. implementations.Select(i => i.Run)]);
        return
        [
            .. implementations.Zip(timings, (i, timing) => new ResultRow(
                Name, size.Name, size.M, size.N, size.Entries, options.Rank, "float", i.Threads, i.Name, timing.Median, timing.Minimum,
                timing.Minimum / timings[0].Minimum, implementations[0].Name)),
        ];
    }
}
