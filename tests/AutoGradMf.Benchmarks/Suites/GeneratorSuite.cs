using System.Diagnostics;
using AutoGradMf.Benchmarks.Compiling;
using AutoGradMf.Benchmarks.Reporting;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>What a loss costs at compile time, generator and analyzer together, beside binding the same file without them.</summary>
internal sealed class GeneratorSuite : ISuite
{
    private const int WarmUps = 5;
    private const int Rounds = 15;

    public string Name => "generator";

    /// <summary>It has many rows, and README says the most of them.</summary>
    public bool IsInReadme => false;

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        var losses = LongLosses.All().Select(loss => (loss.Case, Compiler: new WarmCompiler(loss.Source))).ToList();

        // A compiler is warm when its tiers of just-in-time compilation are through, whichever loss came first.
        foreach (var loss in losses)
        {
            _ = Measure(loss.Case, loss.Compiler).ToList();
        }

        return losses.SelectMany(loss => Measure(loss.Case, loss.Compiler));
    }

    private IEnumerable<ResultRow> Measure(string name, WarmCompiler compiler)
    {
        var bind = Timing.Of(WarmUps, Rounds, () => Elapsed(() => compiler.Bind()));
        var generate = Timing.Of(WarmUps, Rounds, () => compiler.Generate().Elapsed);
        var analyze = Timing.Of(WarmUps, Rounds, () => compiler.Analyze().Elapsed);
        var both = new Timing(generate.Median + analyze.Median, generate.Minimum + analyze.Minimum);
        return new[] { ("compiler", bind), ("generator", generate), ("analyzer", analyze), ("generator + analyzer", both) }.Select(row =>
            new ResultRow(Name, name, null, null, null, null, null, 1, row.Item1, row.Item2.Median, row.Item2.Minimum, row.Item2.Minimum / bind.Minimum, "compiler"));
    }

    private static TimeSpan Elapsed(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }
}
