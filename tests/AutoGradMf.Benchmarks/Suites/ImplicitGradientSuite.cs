using AutoGradMf.Benchmarks.Gradients;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>Value and gradient of implicit feedback on all pairs, beside code written by hand that uses the same Gram matrices.</summary>
internal sealed class ImplicitGradientSuite : ISuite
{
    public string Name => "gradient-implicit";

    public IEnumerable<ResultRow> Run(SuiteOptions options) =>
        new[] { RatingSize.Ml1M, RatingSize.Ml20M }.SelectMany(size => options.ThreadCounts.SelectMany(threads => Measure(size, options.Rank, threads)));

    private List<ResultRow> Measure(RatingSize size, int k, int threads)
    {
        using var workers = new Workers(threads);
        var point = GradientPoint.Of(size.Name, k);
        var rounds = size == RatingSize.Ml1M ? 25 : 3;
        var objective = new GradientLosses.ImplicitObjective<float>(point.Ratings, ImplicitTerm.Alpha, GradientPoint.Ridge, k);
        return
        [
            .. Implementation.Measure(
                Name,
                size.Name,
                point,
                warmUps: rounds / 2,
                rounds,
                [
                    .. Implementation.Tuned<ImplicitTerm>(point, threads),
                    Implementation.Gradient("generated", objective, point, workers),
                    Implementation.Value("generated, value alone", objective, point, workers),
                    .. threads == 1 ? new[] { Implementation.Straightforward<ImplicitTerm>(point) } : [],
                ]),
        ];
    }
}
