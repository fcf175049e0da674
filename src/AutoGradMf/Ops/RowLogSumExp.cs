using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// ln Σ_j e^x[i, j] for each of the m rows, without overflow: −∞ of an empty row. Its derivative is the row's softmax.
    /// </summary>
    public static ColumnVector<TElement> RowLogSumExp<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Reduction.OfRows(x, LogSumExp);

    private static double LogSumExp(double[] row)
    {
        var shift = row.Aggregate(double.NegativeInfinity, Math.Max);
        return double.IsInfinity(shift) ? shift : shift + Math.Log(row.Sum(element => Math.Exp(element - shift)));
    }
}
