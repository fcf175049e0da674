using System.Globalization;
using static System.FormattableString;

namespace AutoGradMf.Training;

/// <summary>An iteration that was just completed, or the start, where a validation measured it. A value, so that reporting it allocates nothing.</summary>
/// <param name="Iteration">Its number, counted from 1; 0 for the start.</param>
/// <param name="Objective">The objective after it.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient after it; under constraints, of the projected or proximal gradient map.</param>
/// <param name="Step">The step length along its direction; 0 for the start.</param>
/// <param name="Elapsed">Wall-clock time since the start.</param>
public readonly record struct TrainingProgress(int Iteration, double Objective, double GradientNorm, double Step, TimeSpan Elapsed)
{
    /// <summary>What each metric of the <see cref="Validation{TElement}"/> is after it; empty where none was measured.</summary>
    public IReadOnlyList<double> Validation { get; init; } = [];

    /// <summary>How often it was undone and repeated with half the step, since the objective had not fallen: where stochastic gradient diverges.</summary>
    public int Repetitions { get; init; }

    /// <summary>All of it, in the same way in every culture.</summary>
    public override string ToString() => Invariant(
        $"{nameof(TrainingProgress)} {{ {nameof(Iteration)} = {Iteration}, {nameof(Objective)} = {Objective}, {nameof(GradientNorm)} = {GradientNorm}, {nameof(Step)} = {Step}, {nameof(Elapsed)} = {Elapsed}, {nameof(Validation)} = [{Metrics}], {nameof(Repetitions)} = {Repetitions} }}");

    /// <summary>Of a value that nothing was written to, there is no list.</summary>
    private string Metrics => string.Join(", ", (Validation ?? []).Select(metric => metric.ToString(CultureInfo.InvariantCulture)));
}
