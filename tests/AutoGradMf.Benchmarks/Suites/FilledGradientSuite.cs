using AutoGradMf.Benchmarks.Gradients;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>Value and gradient over all pairs, the missing ones filled by means, beside the observed ratings alone of the same data.</summary>
internal sealed class FilledGradientSuite : ISuite
{
    public string Name => "gradient-filled";

    public IEnumerable<ResultRow> Run(SuiteOptions options) =>
        new[] { RatingSize.Ml1M, RatingSize.Ml32M }.SelectMany(size => options.ThreadCounts.SelectMany(threads => Measure(size, options.Rank, threads)));

    private List<ResultRow> Measure(RatingSize size, int k, int threads)
    {
        using var workers = new Workers(threads);
        var point = GradientPoint.Of(size.Name, k);
        var rounds = size == RatingSize.Ml1M ? 25 : 3;
        return
        [
            .. Implementation.Measure(
                Name,
                size.Name,
                point,
                warmUps: rounds / 2,
                rounds,
                [
                    Implementation.Gradient("generated, masked", new GradientLosses.MaskedObjective<float>(point.Ratings, GradientPoint.Ridge, k), point, workers),
                    Implementation.Gradient("generated, filled", new GradientLosses.FilledObjective<float>(point.Ratings, GradientPoint.Ridge, k), point, workers),
                ],
                isSameLoss: false),
        ];
    }
}
