using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>Independent numbers between two bounds in all factors: for losses of non-negative factors, above zero.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <param name="low">The lower bound.</param>
/// <param name="high">The upper bound.</param>
public sealed class UniformInitialization<TElement>(double low, double high) : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Parameters<TElement>.Uniform(objective.Layout, low, high, seed);
    }
}
