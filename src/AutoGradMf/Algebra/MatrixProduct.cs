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

    /// <summary>
    /// Row after row as Gustavson (1978): an element is stored where some stored one meets another, also if they add up to zero.
    /// </summary>
    public static SparseMatrix<TElement> Of(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    {
        var (pointers, columns, values) = (new long[left.Rows + 1], new List<int>(), new List<TElement>());
        var (sums, reached, row) = (new double[right.Columns], new bool[right.Columns], new List<int>());
        for (var i = 0; i < left.Rows; i++)
        {
            row.Clear();
            for (var entry = (int)left.Pattern.RowPointers[i]; entry < left.Pattern.RowPointers[i + 1]; entry++)
            {
                AddMultiple(sums, reached, row, left.Values[entry], right, left.Pattern.ColumnIndices[entry]);
            }

            row.Sort();
            foreach (var j in row)
            {
                columns.Add(j);
                values.Add(TElement.CreateTruncating(sums[j]));
                (sums[j], reached[j]) = (0, false);
            }

            pointers[i + 1] = columns.Count;
        }

        return new(new SparsePattern(left.Rows, right.Columns, pointers, [.. columns]), [.. values]);
    }

    private static void AddMultiple(double[] sums, bool[] reached, List<int> row, TElement factor, SparseMatrix<TElement> right, int k)
    {
        var wideFactor = double.CreateTruncating(factor);
        for (var entry = (int)right.Pattern.RowPointers[k]; entry < right.Pattern.RowPointers[k + 1]; entry++)
        {
            var j = right.Pattern.ColumnIndices[entry];
            sums[j] += wideFactor * double.CreateTruncating(right.Values[entry]);
            if (!reached[j])
            {
                reached[j] = true;
                row.Add(j);
            }
        }
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
