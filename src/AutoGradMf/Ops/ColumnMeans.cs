using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The mean of each of the n columns; of empty ones, 0.</summary>
    public static RowVector<TElement> ColumnMeans<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RowMeans(x.T).T;

    /// <summary>
    /// The mean of the stored entries of each of the n columns; of a column that stores none, <see cref="ObservedMean"/>.
    /// O(m + n + stored).
    /// </summary>
    public static RowVector<TElement> ColumnMeans<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RowMeans(x.T).T;
}
