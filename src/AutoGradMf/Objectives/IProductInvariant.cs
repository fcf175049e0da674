using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective that sees pairs of factors only through products of their rows over the features, U·Mᵀ, also of rows that are gathered or
/// combined by data, and a·ΣU² + b·ΣM²: among all pairs of one product, the one with a·UᵀU = b·MᵀM diagonal has the smallest ridge (Srebro,
/// Rennie &amp; Jaakkola, NIPS 2004, for √a·U and √b·M), so training may go on from it. Generated for every loss of which this can be proved.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IProductInvariant<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The pairs, of which no two share a factor, with the hyperparameters as they are.</summary>
    IReadOnlyList<FactorPair> ProductPairs { get; }
}
