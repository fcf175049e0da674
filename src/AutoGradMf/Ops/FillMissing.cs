using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// <paramref name="x"/> where it stores an entry, <c>fill[i, j]</c> elsewhere; in exact arithmetic,
    /// <c>Observed(x) % (x - fill) + fill</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The fill does not fit the matrix.</exception>
    public static Matrix<TElement> FillMissing<TElement>(SparseMatrix<TElement> x, Matrix<TElement> fill)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Filled(x, fill);

    /// <summary><paramref name="x"/> where it stores an entry, <c>fill[i]</c> elsewhere: each row its own number.</summary>
    /// <exception cref="ArgumentException">The fill does not fit the matrix.</exception>
    public static Matrix<TElement> FillMissing<TElement>(SparseMatrix<TElement> x, ColumnVector<TElement> fill)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Filled(x, fill);

    /// <summary>
    /// <paramref name="x"/> where it stores an entry, <c>fill[j]</c> elsewhere: each column its own number, such as
    /// <c>ColumnMeans(x)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The fill does not fit the matrix.</exception>
    public static Matrix<TElement> FillMissing<TElement>(SparseMatrix<TElement> x, RowVector<TElement> fill)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Filled(x, fill);

    /// <summary><paramref name="x"/> where it stores an entry, <paramref name="fill"/> elsewhere.</summary>
    public static Matrix<TElement> FillMissing<TElement>(SparseMatrix<TElement> x, double fill)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Filled(x, fill);

    private static Matrix<TElement> Filled<TElement>(SparseMatrix<TElement> x, BroadcastOperand<TElement> fill)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.Broadcast(nameof(FillMissing), x.Shape, fill.Shape);
        var filled = new Matrix<TElement>(x.Rows, x.Columns);
        for (var i = 0; i < x.Rows; i++)
        {
            for (var j = 0; j < x.Columns; j++)
            {
                filled[i, j] = fill[i, j];
            }
        }

        foreach (var (i, j, entry) in x.Pattern.Entries)
        {
            filled[i, j] = x.Values[entry];
        }

        return filled;
    }
}
