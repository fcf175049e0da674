using System.Globalization;
using System.Runtime.Intrinsics;
using AutoGradMf.Benchmarks.Dense;
using AutoGradMf.Benchmarks.Gradients;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>Value and gradient of losses of all pairs of dense ratings, beside code written by hand and PyTorch's autograd.</summary>
internal sealed class DenseGradientSuite : ISuite
{
    private const double Tolerance = 1e-4;
    private const string Own = "generated";

    public string Name => "gradient-dense";

    public IEnumerable<ResultRow> Run(SuiteOptions options) =>
        from threads in new[] { 1, options.Threads }.Distinct()
        from point in new[] { DensePoint.Of(1_000, 1_700, 20), DensePoint.Of(6_040, 3_706, options.Rank) }
        from row in Squared(point, threads, isBesideTorch: threads == options.Threads).Concat(Logistic(point, threads))
        select row;

    private List<ResultRow> Squared(DensePoint point, int threads, bool isBesideTorch)
    {
        using var workers = new Workers(threads);
        using var tuned = Vector512.IsHardwareAccelerated ? new TunedDense(point, threads) : null;
        var objective = new DenseLosses.SquaredObjective<float>(point.Data, point.K);
        var rows = Measure("squared", point, threads,
        [
            .. tuned is null ? [] : new[] { ("hand-tuned C#", (Func<double>)tuned.Evaluate) },
            .. Generated(objective, point, workers),
            .. threads == 1 && point.M <= 1_000 ? new[] { ("straightforward C#", (Func<double>)new StraightforwardDense(point).Evaluate) } : [],
        ]);
        return isBesideTorch ? [.. rows, .. Torch(point, threads, rows.Single(row => row.Implementation == Own))] : rows;
    }

    private List<ResultRow> Logistic(DensePoint point, int threads)
    {
        using var workers = new Workers(threads);
        return Measure("logistic", point, threads, [.. Generated(new DenseLosses.LogisticObjective<float>(point.Data, point.K), point, workers)]);
    }

    private static IEnumerable<(string Name, Func<double> Run)> Generated(IObjective<float> objective, DensePoint point, Workers workers)
    {
        var (at, gradient, workspace) = (point.Parameters(objective), new Parameters<float>(objective.Layout), objective.CreateWorkspace(workers));
        yield return (Own, () => objective.ValueAndGradient(at, gradient, workspace));
        yield return ("generated, value alone", () => objective.Value(at, workspace));
    }

    private List<ResultRow> Measure(string name, DensePoint point, int threads, IReadOnlyList<(string Name, Func<double> Run)> implementations)
    {
        var values = implementations.Select(i => i.Run()).ToList();
        if (values.Exists(value => Math.Abs(value - values[0]) > Tolerance * Math.Abs(values[0])))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{Name}, {name}: implementations disagree on the value: {string.Join(", ", values)}."));
        }

        var rounds = Rounds(point);
        var timings = Timing.Interleaved(rounds / 2, rounds, [.. implementations.Select(i => (Action)(() => i.Run()))]);
        return
        [
            .. implementations.Zip(timings, (i, timing) => new ResultRow(
                Name, name, point.M, point.N, (long)point.M * point.N, point.K, "float", threads, i.Name, timing.Median, timing.Minimum,
                timing.Minimum / timings[0].Minimum, implementations[0].Name)),
        ];
    }

    private static IEnumerable<ResultRow> Torch(DensePoint point, int threads, ResultRow own)
    {
        foreach (var (name, environment) in TorchGradient.Implementations)
        {
            var data = string.Create(CultureInfo.InvariantCulture, $"{point.M}x{point.N}");
            if (TorchGradient.Measure(data, point.K, threads, Rounds(point), environment) is { } timing)
            {
                yield return own with
                {
                    Implementation = name,
                    MedianMilliseconds = timing.Median,
                    MinimumMilliseconds = timing.Minimum,
                    Ratio = timing.Minimum / own.MinimumMilliseconds,
                    Baseline = own.Implementation,
                };
            }
        }
    }

    private static int Rounds(DensePoint point) => point.M > 1_000 ? 9 : 60;
}
