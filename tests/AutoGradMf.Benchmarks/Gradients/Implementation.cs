using System.Globalization;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>Something that is measured, and what it computes.</summary>
/// <param name="Name">Whose code it is.</param>
/// <param name="Threads">Threads it runs on.</param>
/// <param name="Run">Evaluates once, and gives the value.</param>
internal sealed record Implementation(string Name, int Threads, Func<double> Run)
{
    /// <summary>The relative difference of values that is left to rounding: sums of some ten million terms of floats.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Value and gradient by generated code.</summary>
    public static Implementation Gradient(string name, IObjective<float> objective, GradientPoint point, Workers workers)
    {
        var (at, gradient, workspace) = (point.Parameters(objective), new Parameters<float>(objective.Layout), objective.CreateWorkspace(workers));
        return new(name, workers.Count, () => objective.ValueAndGradient(at, gradient, workspace));
    }

    /// <summary>The value alone by generated code.</summary>
    public static Implementation Value(string name, IObjective<float> objective, GradientPoint point, Workers workers)
    {
        var (at, workspace) = (point.Parameters(objective), objective.CreateWorkspace(workers));
        return new(name, workers.Count, () => objective.Value(at, workspace));
    }

    /// <summary>By hand, in plain loops.</summary>
    public static Implementation Straightforward<TTerm>(GradientPoint point)
        where TTerm : struct, ITerm =>
        new("straightforward C#", 1, new StraightforwardGradient<TTerm>(point.Ratings, point.U, point.V, point.K, GradientPoint.Ridge).Evaluate);

    /// <summary>By hand, tuned; none where it is not written for so many features, or the machine has no 512-bit vectors.</summary>
    public static IEnumerable<Implementation> Tuned<TTerm>(GradientPoint point, int threads)
        where TTerm : struct, ITerm
    {
        if (TunedGradient<TTerm>.Supports(point.K))
        {
            yield return new("hand-tuned C#", threads, new TunedGradient<TTerm>(point.Ratings, point.U, point.V, point.K, GradientPoint.Ridge, threads).Evaluate);
        }
    }

    /// <summary>Runs all in turns and compares each with the first; what computes the same loss must find its value.</summary>
    public static IEnumerable<ResultRow> Measure(
        string suite, string name, GradientPoint point, int warmUps, int rounds, IReadOnlyList<Implementation> implementations, bool isSameLoss = true)
    {
        var values = implementations.Select(i => i.Run()).ToList();
        if (isSameLoss && values.FirstOrDefault(value => Math.Abs(value - values[0]) > Tolerance * Math.Abs(values[0])) is not 0 and var other)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{suite}, {name}: implementations disagree on the value, {values[0]:R} and {other:R}."));
        }

        var timings = Timing.Interleaved(warmUps, rounds, [.. implementations.Select(i => (Action)(() => i.Run()))]);
        return implementations.Zip(timings, (i, timing) => Row(suite, name, point, i.Name, i.Threads, timing, timings[0], implementations[0].Name));
    }

    public static ResultRow Row(
        string suite, string name, GradientPoint point, string implementation, int threads, Timing timing, Timing baseline, string baselineName) => new(
        suite, name, point.Ratings.Rows, point.Ratings.Columns, point.Ratings.Count, point.K, "float", threads, implementation,
        timing.Median, timing.Minimum, timing.Minimum / baseline.Minimum, baselineName,
        string.Create(CultureInfo.InvariantCulture, $"{point.Ratings.Count / timing.Minimum / 1000:0.0} million entries/s"));
}
