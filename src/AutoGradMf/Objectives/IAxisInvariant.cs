using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective that is the same for many factors, which only ridges tell apart, beyond what <see cref="IProductInvariant{TElement}"/> says: in U·diag(c)·Vᵀ each
/// feature may be multiplied in U, c and V by numbers of product one, in U·S·Vᵀ the features of U and of S may be mixed as those of a pair, and in
/// a ∘ (U·Vᵀ) each row of U be multiplied and its element of a divided. Training may go on from those of the smallest ridges. Generated for every loss of which this can be proved.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IAxisInvariant<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The pairs, which may share factors, with the hyperparameters as they are.</summary>
    IReadOnlyList<AxisPair> AxisPairs { get; }
}
