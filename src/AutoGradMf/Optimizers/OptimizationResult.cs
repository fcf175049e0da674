using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>Where an optimizer arrived, and how.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <param name="Parameters">The best factors reached, above which the last may lie; where a small gradient ended the run and they differ by
/// rounding alone, those of that gradient.</param>
/// <param name="Objective">The objective there.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient there.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Evaluations">Evaluations of the objective and its gradient, the one at the start included.</param>
/// <param name="Reason">Why it stopped.</param>
/// <param name="Elapsed">Wall-clock time.</param>
public sealed record OptimizationResult<TElement>(
    Parameters<TElement> Parameters,
    double Objective,
    double GradientNorm,
    int Iterations,
    int Evaluations,
    StoppingReason Reason,
    TimeSpan Elapsed)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;
