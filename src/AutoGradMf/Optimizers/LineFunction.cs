using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>φ(α) = f(x + α·d): an objective along a line from the current point x.</summary>
internal sealed class LineFunction<TElement>(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
    : TrialPoint<TElement>(objective, start, workers)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>d.</summary>
    public TElement[] Direction { get; } = new TElement[objective.Layout.Count];

    /// <summary>α = 0.</summary>
    public LinePoint Origin { get; private set; }

    /// <summary>Says that d has been set, and what φ′(0) = ∇f(x)·d is.</summary>
    public void Aim(double slope) => Origin = new(0, Value, slope);

    /// <summary>Makes d the negative gradient.</summary>
    public void AimDownhill()
    {
        System.Numerics.Tensors.TensorPrimitives.Negate<TElement>(Gradient.Values, Direction);
        Aim(-GradientNorm * GradientNorm);
    }

    public LinePoint Try(double step)
    {
        Arithmetic.Add(Point.Values, step, Direction, Trial.Values);
        return new(step, EvaluateTrial(), Arithmetic.Dot(TrialGradient.Values, Direction));
    }
}
