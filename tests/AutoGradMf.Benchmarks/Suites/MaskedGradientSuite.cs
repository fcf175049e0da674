using AutoGradMf.Benchmarks.Gradients;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>Value and gradient of the masked squared error, beside code written by hand and PyTorch's autograd. Larger: ML-20M on PyTorch, ML-32M.</summary>
internal sealed class MaskedGradientSuite : ISuite
{
    public string Name => "gradient-masked";

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        RatingSize[] sizes = options.IsLarge ? [RatingSize.Ml1M, RatingSize.Ml20M, RatingSize.Ml32M] : [RatingSize.Ml1M, RatingSize.Ml20M];
        return sizes.SelectMany(size => Measure(size, options));
    }

    private IEnumerable<ResultRow> Measure(RatingSize size, SuiteOptions options)
    {
        var point = GradientPoint.Of(size.Name, options.Rank);
        var objective = new GradientLosses.MaskedObjective<float>(point.Ratings, GradientPoint.Ridge, point.K);
        var rounds = size == RatingSize.Ml1M ? 25 : 5;
        foreach (var threads in options.ThreadCounts)
        {
            using var workers = new Workers(threads);
            var generated = Implementation.Gradient("generated", objective, point, workers);
            Implementation[] implementations =
            [
                .. Implementation.Tuned<SquaredTerm>(point, threads),
                generated,
                Implementation.Value("generated, value alone", objective, point, workers),
                .. threads == 1 ? new[] { Implementation.Straightforward<SquaredTerm>(point) } : [],
            ];
            var rows = Implementation.Measure(Name, size.Name, point, warmUps: rounds / 2, rounds, implementations).ToList();
            foreach (var row in rows)
            {
                yield return row;
            }

            var own = rows.Single(row => row.Implementation == generated.Name);
            foreach (var row in threads == options.Threads && (size == RatingSize.Ml1M || options.IsLarge) ? Torch(size, point, threads, own) : [])
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ResultRow> Torch(RatingSize size, GradientPoint point, int threads, ResultRow own)
    {
        foreach (var (name, environment) in TorchGradient.Implementations)
        {
            if (TorchGradient.Measure(size.Name, point.K, threads, rounds: size == RatingSize.Ml1M ? 5 : 2, environment) is { } timing)
            {
                yield return Implementation.Row(
                    Name, size.Name, point, name, threads, timing, new(own.MedianMilliseconds, own.MinimumMilliseconds), own.Implementation);
            }
        }
    }
}
