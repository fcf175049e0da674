using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// ln Σ_j e^x[i, j] for each of the m rows, without overflow: −∞ of an empty row. Its derivative is the row's softmax.
    /// </summary>
    public static ColumnVector<TElement> RowLogSumExp<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, row => LogSumExp(row));

    /// <summary>ln Σ_j e^x[i, j] for each of the m rows of sparse data, in which what is not stored is zero. O(m + stored).</summary>
    public static ColumnVector<TElement> RowLogSumExp<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, LogSumExp);

    /// <summary>Of a row's elements, and of zeros beside them.</summary>
    private static double LogSumExp(double[] row, int zeros = 0)
    {
        var shift = row.Aggregate(zeros > 0 ? 0 : double.NegativeInfinity, Math.Max);
        return double.IsInfinity(shift) ? shift : shift + Math.Log(row.Sum(element => Math.Exp(element - shift)) + (zeros == 0 ? 0 : zeros * Math.Exp(-shift)));
    }
}
