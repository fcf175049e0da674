using System.Globalization;
using AutoGradMf.Benchmarks.Descent;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>
/// Value and gradient of the masked squared error from a hundred thousand ratings to thirty million: the ratio compares the time for each rating
/// with that of a million ratings and as many features, and is 1 where the cost grows linearly.
/// </summary>
internal sealed class ScaleSuite : ISuite
{
    private const int WarmUps = 2;

    /// <summary>Of a million ratings, the first and what all others are compared with: so many calls, and the runtime has compiled loops for good.</summary>
    private const int FirstWarmUps = 60;
    private const int Rounds = 3;
    private const string Baseline = "per rating of ML-1M";

    /// <summary>From MovieLens 100K to 32M.</summary>
    private static readonly RatingSize[] Sizes =
        [RatingSize.Ml1M, new("ML-100K", 943, 1_682, 100_000), new("ML-10M", 71_567, 10_681, 10_000_054), RatingSize.Ml20M, RatingSize.Ml32M];

    private static readonly int[] Ranks = [8, 32, 64, 256];

    public string Name => "scale";

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        using var workers = new Workers(options.Threads);
        var ofMillion = new Dictionary<int, double>();
        foreach (var size in Sizes)
        {
            var ratings = RatingCache.Get(size);
            foreach (var k in Ranks)
            {
                var objective = new DescentLosses.MaskedObjective<float>(ratings, 0.02, k);
                var (at, gradient) = (Parameters<float>.Uniform(objective.Layout, 0, 0.3, seed: 3), new Parameters<float>(objective.Layout));
                var workspace = objective.CreateWorkspace(workers);
                var timing = Timing.Interleaved(size == RatingSize.Ml1M ? FirstWarmUps : WarmUps, Rounds, () => objective.ValueAndGradient(at, gradient, workspace))[0];
                var nanoseconds = timing.Minimum * 1e6 / size.Entries;
                ofMillion.TryAdd(k, nanoseconds);
                yield return new(
                    Name, size.Name, size.M, size.N, size.Entries, k, "float", options.Threads, "generated", timing.Median, timing.Minimum,
                    nanoseconds / ofMillion[k], Baseline, string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.00} ns per rating, {nanoseconds / k:0.000} per rating and feature"));
            }
        }
    }
}
