using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The Euclidean norm √(Σ_k x[i, k]²) of each of the m rows; its derivative at 0 is taken as 0.</summary>
    public static ColumnVector<TElement> RowNorms<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, static row => Reduction.Norm<double>(row));

    /// <summary>The Euclidean norm √(Σ_j x[i, j]²) of what each of the m rows stores; its derivative at 0 is taken as 0. O(m + stored).</summary>
    public static ColumnVector<TElement> RowNorms<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, static (row, _) => Reduction.Norm<double>(row));
}
