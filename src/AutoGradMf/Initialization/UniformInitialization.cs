using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>Independent numbers between two bounds in all factors: for losses of non-negative factors, above zero.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class UniformInitialization<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly double _low, _high;

    /// <summary>Numbers from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, no less than the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is infinite or NaN, or the upper one is below the lower.</exception>
    public UniformInitialization(double low, double high)
    {
        if (!double.IsFinite(low))
        {
            throw new ArgumentOutOfRangeException(nameof(low), low, "A bound must be a finite number.");
        }

        if (!double.IsFinite(high) || high < low)
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, "The upper bound must be a finite number, no less than the lower one.");
        }

        (_low, _high) = (low, high);
    }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Parameters<TElement>.Uniform(objective.Layout, _low, _high, seed);
    }
}
