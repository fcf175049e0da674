using System.Numerics;

namespace AutoGradMf;

/// <summary>The matrix product, row after row of the result, each sum in double. The callers have compared the shapes.</summary>
internal static class MatrixProduct<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public static Matrix<TElement> Of(MatrixView<TElement> left, MatrixView<TElement> right)
    {
        var product = new Matrix<TElement>(left.Rows, right.Columns);
        var sums = new double[right.Columns];
        for (var i = 0; i < left.Rows; i++)
        {
            Array.Clear(sums);
            for (var k = 0; k < left.Columns; k++)
            {
                AddMultiple(sums, left[i, k], right.Row(k));
            }

            Round(sums, product.View.Row(i));
        }

        return product;
    }

    /// <summary>Only the rows of <paramref name="right"/> that meet a stored entry are looked at.</summary>
    public static Matrix<TElement> Of(SparseMatrix<TElement> left, MatrixView<TElement> right)
    {
        var product = new Matrix<TElement>(left.Rows, right.Columns);
        var sums = new double[right.Columns];
        for (var i = 0; i < left.Rows; i++)
        {
            Array.Clear(sums);
            for (var entry = (int)left.Pattern.RowPointers[i]; entry < left.Pattern.RowPointers[i + 1]; entry++)
            {
                AddMultiple(sums, left.Values[entry], right.Row(left.Pattern.ColumnIndices[entry]));
            }

            Round(sums, product.View.Row(i));
        }

        return product;
    }

    private static void AddMultiple(Span<double> sums, TElement factor, ReadOnlySpan<TElement> row)
    {
        var wideFactor = double.CreateTruncating(factor);
        for (var j = 0; j < sums.Length; j++)
        {
            sums[j] += wideFactor * double.CreateTruncating(row[j]);
        }
    }

    private static void Round(ReadOnlySpan<double> sums, Span<TElement> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = TElement.CreateTruncating(sums[j]);
        }
    }
}
