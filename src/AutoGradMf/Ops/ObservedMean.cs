using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The mean of the stored entries, in double; of none, 0.</summary>
    public static double ObservedMean<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Mean(Sum(x), x.Count);
}
