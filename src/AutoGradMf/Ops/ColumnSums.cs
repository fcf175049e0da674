using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ_i x[i, j] for each of the n columns, each sum in double.</summary>
    public static RowVector<TElement> ColumnSums<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RowSums(x.T).T;

    /// <summary>Σ_i x[i, j] over the stored entries of each of the n columns, each sum in double; of none, 0. O(m + n + stored).</summary>
    public static RowVector<TElement> ColumnSums<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RowSums(x.T).T;
}
