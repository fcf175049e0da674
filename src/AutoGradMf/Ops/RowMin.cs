using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// The smallest element of each of the m rows: +∞ of an empty row, NaN where there is one. Of equal ones, the
    /// derivative goes to the first.
    /// </summary>
    public static ColumnVector<TElement> RowMin<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, static row => row.Aggregate(double.PositiveInfinity, Math.Min));

    /// <summary>
    /// The smallest element of each of the m rows of sparse data, in which what is not stored is zero: ∞ of an empty row, NaN where there is one.
    /// O(m + stored).
    /// </summary>
    public static ColumnVector<TElement> RowMin<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, static (row, zeros) => row.Aggregate(zeros > 0 ? 0 : double.PositiveInfinity, Math.Min));
}
