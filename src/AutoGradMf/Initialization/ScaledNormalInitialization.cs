using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>
/// As <see cref="NormalInitialization{TElement}"/>, with elements of the deviation σ at which products of two factors have a given one, whatever the number of features: an element of
/// U·Mᵀ is a sum of k products and has the deviation σ²·√k.
/// </summary>
/// <remarks>k is the lesser size of a matrix, and the greatest of these where there are several.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class ScaledNormalInitialization<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Normal numbers of mean 0.</summary>
    /// <param name="productDeviation">The standard deviation of the elements of U·Mᵀ.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public ScaledNormalInitialization(double productDeviation = 2) => ProductDeviation = double.IsFinite(productDeviation) && productDeviation >= 0
        ? productDeviation
        : throw new ArgumentOutOfRangeException(
            nameof(productDeviation), productDeviation, "A standard deviation must be a finite number, 0 or more.");

    /// <summary>The standard deviation of the elements of U·Mᵀ.</summary>
    public double ProductDeviation { get; }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var features = objective.Layout.Factors.Where(f => f.Kind == FactorKind.Matrix).Select(f => Math.Min(f.Rows, f.Columns)).DefaultIfEmpty(1).Max();
        var deviation = Math.Sqrt(ProductDeviation / Math.Sqrt(features));
        return new NormalInitialization<TElement>(deviation).Start(objective, seed, workers, cancellationToken);
    }
}
