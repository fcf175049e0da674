using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>
/// Another start, whose matrices are scaled to the data: by the greatest power of √2 at which the objective is within 1 % of the least on that ray. Products
/// of numbers that are not negative, or of a decomposition, then are of the size of the data; those of random numbers of both signs, which explain nothing,
/// about a tenth of it. Where no greater scale is worse, it is no greater than needed. Where bounds do not allow zero, the distance from the allowed number next to it is scaled.
/// </summary>
/// <remarks>
/// It takes an evaluation of the objective for each doubling of a product of two factors, at most 82. Without matrices it is
/// the other start, and so it is, within bounds, where the objective is finite at no scale.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class RescaledInitialization<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const double Tolerance = 0.01;
    private readonly IInitialization<TElement> _other;

    /// <summary>The start <paramref name="other"/>, scaled.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public RescaledInitialization(IInitialization<TElement> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _other = other;
    }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(workers);
        return Rescaled(objective, _other.Start(objective, seed, workers, cancellationToken), workers, cancellationToken);
    }

    /// <summary>A start, whose matrices are scaled to the data.</summary>
    internal static Parameters<TElement> Rescaled(
        IObjective<TElement> objective, Parameters<TElement> start, Workers workers, CancellationToken cancellationToken)
    {
        int[] matrices = [.. objective.Layout.Factors.Index().Where(f => f.Item.Kind == FactorKind.Matrix).Select(f => f.Index)];
        return matrices.Length == 0 ? start : new ScaleSearch<TElement>(objective, objective.CreateWorkspace(workers), start, matrices)
            .Find(Tolerance, double.PositiveInfinity, cancellationToken).Point;
    }
}
