using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// The largest element of each of the m rows: −∞ of an empty row, NaN where there is one. Of equal ones, the
    /// derivative goes to the first.
    /// </summary>
    public static ColumnVector<TElement> RowMax<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, static row => row.Aggregate(double.NegativeInfinity, Math.Max));

    /// <summary>
    /// The largest element of each of the m rows of sparse data, in which what is not stored is zero: −∞ of an empty row, NaN where there is one.
    /// O(m + stored).
    /// </summary>
    public static ColumnVector<TElement> RowMax<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, static (row, zeros) => row.Aggregate(zeros > 0 ? 0 : double.NegativeInfinity, Math.Max));
}
