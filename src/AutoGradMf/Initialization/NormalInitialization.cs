using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>
/// Independent normal numbers in matrix factors; vectors and scalars at zero, unless the objective is flat in them there, as in those that
/// multiply each other. Zero matrices are a stationary point of most factorizations, from which no descent leads away. What is below a factor's
/// least value is reflected at it, and what is above its greatest is clamped.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class NormalInitialization<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Normal numbers of mean 0.</summary>
    /// <param name="standardDeviation">Of each element that does not begin at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public NormalInitialization(double standardDeviation = 0.1) => StandardDeviation = double.IsFinite(standardDeviation) && standardDeviation >= 0
        ? standardDeviation
        : throw new ArgumentOutOfRangeException(
            nameof(standardDeviation), standardDeviation, "A standard deviation must be a finite number, 0 or more.");

    /// <summary>Of each element that does not begin at zero.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var start = Parameters<TElement>.Normal(objective.Layout, StandardDeviation, seed);
        LeaveFlatZeros(start, objective, seed, workers);
        foreach (var (factor, shape) in objective.Layout.Factors.Index().Where(f => f.Item.IsBounded))
        {
            Reflect(start[factor].Span, TElement.CreateSaturating(shape.Min), TElement.CreateSaturating(shape.Max));
        }

        return start;
    }

    /// <summary>Vectors and scalars whose zeros no gradient would change become normal, too.</summary>
    private void LeaveFlatZeros(Parameters<TElement> start, IObjective<TElement> objective, int seed, Workers workers)
    {
        var others = objective.Layout.Factors.Index().Where(f => f.Item.Kind != FactorKind.Matrix).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var gradient = new Parameters<TElement>(objective.Layout);
        objective.ValueAndGradient(start, gradient, objective.CreateWorkspace(workers));
        var normal = Parameters<TElement>.Normal(
            new([.. objective.Layout.Factors.Select(f => f with { Kind = FactorKind.Matrix })]), StandardDeviation, seed);
        foreach (var (factor, _) in others.Where(f => gradient[f.Index].Span.IndexOfAnyExcept(TElement.Zero) < 0))
        {
            normal[factor].Span.CopyTo(start[factor].Span);
        }
    }

    private static void Reflect(Span<TElement> values, TElement min, TElement max)
    {
        foreach (ref var value in values)
        {
            value = TElement.Clamp(value < min ? min + (min - value) : value, min, max);
        }
    }
}
