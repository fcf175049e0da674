using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The mean of each of the m rows; of empty ones, 0.</summary>
    public static ColumnVector<TElement> RowMeans<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var means = ColumnVector<TElement>.Zeros(x.Rows);
        for (var i = 0; i < x.Rows; i++)
        {
            means[i] = TElement.CreateTruncating(Reduction.Mean(Reduction.Sum<TElement>(x.View.Row(i)), x.Columns));
        }

        return means;
    }

    /// <summary>
    /// The mean of the stored entries of each of the m rows; of a row that stores none, <see cref="ObservedMean"/>. O(m + stored).
    /// </summary>
    public static ColumnVector<TElement> RowMeans<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var means = ColumnVector<TElement>.Zeros(x.Rows);
        var overall = ObservedMean(x);
        for (var i = 0; i < x.Rows; i++)
        {
            var row = x.StoredRow(i);
            means[i] = TElement.CreateTruncating(Reduction.Mean(Reduction.Sum(row), row.Length, overall));
        }

        return means;
    }
}
