using System.Globalization;
using AutoGradMf.Benchmarks.Descent;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>An epoch of stochastic gradient by generated code, beside loops written by hand on one thread.</summary>
internal sealed class DescentSuite : ISuite
{
    private const int WarmUps = 3;
    private const int Rounds = 7;

    public string Name => "sgd";

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        using var one = new Workers(1);
        using var all = new Workers(options.Threads);
        foreach (var (name, m, n, entries) in new[] { ("in cache", 2_048, 2_048, 1_000_000), ("ML-1M", 6_040, 3_706, 1_000_209), ("ML-20M", 138_493, 26_744, 20_000_263) })
        {
            foreach (var row in Measure(new(name, m, n, entries, options.Rank, one), 1, options.Rank))
            {
                yield return row;
            }

            if (options.Threads > 1)
            {
                foreach (var row in Measure(new(name, m, n, entries, options.Rank, all), options.Threads, options.Rank))
                {
                    yield return row;
                }
            }
        }
    }

    private IEnumerable<ResultRow> Measure(DescentCase measured, int threads, int rank)
    {
        (string Name, Action Run, int Threads)[] implementations =
        [
            ("hand-tuned", measured.Tuned, 1),
            ("straightforward", measured.Straightforward, 1),
            ("generated", measured.Generated, threads),
            ("generated, adaptive", measured.GeneratedAdaptive, threads),
            ("generated, biases", measured.GeneratedBiased, threads),
        ];
        var timings = Timing.Interleaved(WarmUps, Rounds, [.. implementations.Select(i => i.Run)]);
        return implementations.Zip(timings, (i, timing) => new ResultRow(
            Name, string.Create(CultureInfo.InvariantCulture, $"{measured.Name}, {measured.Entries / timing.Minimum / 1000:0} million updates/s"), measured.M, measured.N, measured.Entries,
            rank, "float", i.Threads, i.Name, timing.Median, timing.Minimum, timing.Minimum / timings[0].Minimum, "hand-tuned"));
    }
}
