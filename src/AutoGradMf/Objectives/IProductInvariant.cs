using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective that sees pairs of factors only through products of their rows over the features, U·Mᵀ, also of rows that are gathered or
/// combined by data, and c·(ΣU² + ΣM²): among all pairs of one product, the balanced pair, with
/// UᵀU = MᵀM diagonal, has the smallest ridge (Srebro, Rennie &amp; Jaakkola, NIPS 2004), so training may go on from it. Generated for every
/// loss of which this can be proved.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IProductInvariant<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The pairs, of which no two share a factor.</summary>
    IReadOnlyList<FactorPair> ProductPairs { get; }
}
