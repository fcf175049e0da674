using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ_j x[i, j] for each of the m rows, each sum in double.</summary>
    public static ColumnVector<TElement> RowSums<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sums = ColumnVector<TElement>.Zeros(x.Rows);
        for (var i = 0; i < x.Rows; i++)
        {
            sums[i] = TElement.CreateTruncating(Reduction.Sum<TElement>(x.View.Row(i)));
        }

        return sums;
    }

    /// <summary>Σ_j x[i, j] over the stored entries of each of the m rows, each sum in double; of none, 0. O(m + stored).</summary>
    public static ColumnVector<TElement> RowSums<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sums = ColumnVector<TElement>.Zeros(x.Rows);
        for (var i = 0; i < x.Rows; i++)
        {
            sums[i] = TElement.CreateTruncating(Reduction.Sum(x.StoredRow(i)));
        }

        return sums;
    }
}
