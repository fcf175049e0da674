namespace AutoGradMf.Kernels;

/// <summary>
/// Inverse and determinant of small square matrices, k × k, in double, by the LU factorization with partial pivoting (Golub &amp; Van Loan,
/// "Matrix Computations", 4th edition, algorithm 3.4.1). Allocates nothing once a thread has seen a matrix of the size.
/// </summary>
public static class SmallMatrix
{
    [ThreadStatic]
    private static double[]? factors;

    [ThreadStatic]
    private static int[]? rowOrder;

    /// <summary>
    /// <c>into = matrix⁻¹</c>, which may be the same storage; full of NaN where the matrix is singular, so that whatever is computed with it
    /// shows. O(k³).
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not square, or the destination is of another size; the message names both.</exception>
    public static void Inverse(MatrixView<double> matrix, MatrixView<double> into)
    {
        RequireInverse(matrix, into);
        Invert(Factor(matrix, out var order, out _), order, into.Span);
    }

    /// <summary>ln det(matrix), without overflow; NaN where the determinant is not positive. O(k³).</summary>
    /// <exception cref="ArgumentException">The matrix is not square; the message names its size.</exception>
    public static double LogDeterminant(MatrixView<double> matrix)
    {
        if (matrix.Rows != matrix.Columns)
        {
            throw new ArgumentException($"A determinant needs a square matrix, and got {Shapes.Text(matrix)}.", nameof(matrix));
        }

        return LogDeterminant(Factor(matrix, out _, out var isOdd), matrix.Rows, isOdd);
    }

    /// <summary>
    /// <c>into = matrix⁻¹</c> as <see cref="Inverse"/> computes it, and ln det(matrix) as <see cref="LogDeterminant(MatrixView{double})"/> does, by one factorization. O(k³).
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not square, or the destination is of another size; the message names both.</exception>
    public static double InverseAndLogDeterminant(MatrixView<double> matrix, MatrixView<double> into)
    {
        RequireInverse(matrix, into);
        var lu = Factor(matrix, out var order, out var isOdd);
        Invert(lu, order, into.Span);
        return LogDeterminant(lu, order.Length, isOdd);
    }

    private static void RequireInverse(MatrixView<double> matrix, MatrixView<double> into)
    {
        if (matrix.Rows != matrix.Columns || (into.Rows, into.Columns) != (matrix.Rows, matrix.Columns))
        {
            throw new ArgumentException($"The inverse of {Shapes.Text(matrix)} is not {Shapes.Text(into)}.", nameof(into));
        }
    }

    private static void Invert(ReadOnlySpan<double> lu, ReadOnlySpan<int> order, Span<double> inverse)
    {
        var k = order.Length;
        for (var i = 0; i < k; i++)
        {
            if (!(Math.Abs(lu[(i * k) + i]) > 0))
            {
                inverse.Fill(double.NaN);
                return;
            }
        }

        for (var i = 0; i < k; i++)
        {
            var row = inverse.Slice(i * k, k);
            row.Clear();
            row[order[i]] = 1;
        }

        SolveLower(lu, inverse, k);
        SolveUpper(lu, inverse, k);
    }

    private static double LogDeterminant(ReadOnlySpan<double> lu, int k, bool isOdd)
    {
        var (logarithm, isNegative) = (0.0, isOdd);
        for (var i = 0; i < k; i++)
        {
            var pivot = lu[(i * k) + i];
            logarithm += Math.Log(Math.Abs(pivot));
            isNegative ^= pivot < 0;
        }

        return isNegative || double.IsNegativeInfinity(logarithm) ? double.NaN : logarithm;
    }

    /// <summary>L below the diagonal, whose own is ones, and U from it on, of the rows in the order that was chosen.</summary>
    private static Span<double> Factor(MatrixView<double> matrix, out ReadOnlySpan<int> order, out bool isOdd)
    {
        var k = matrix.Rows;
        if (factors is null || rowOrder is null || rowOrder.Length < k)
        {
            (factors, rowOrder) = (new double[k * k], new int[k]);
        }

        var lu = factors.AsSpan(0, k * k);
        var rows = rowOrder.AsSpan(0, k);
        matrix.Span.CopyTo(lu);
        for (var i = 0; i < k; i++)
        {
            rows[i] = i;
        }

        isOdd = false;
        for (var c = 0; c < k; c++)
        {
            var pivot = LargestBelow(lu, c, k);
            if (pivot != c)
            {
                (rows[c], rows[pivot]) = (rows[pivot], rows[c]);
                Swap(lu.Slice(c * k, k), lu.Slice(pivot * k, k));
                isOdd = !isOdd;
            }

            if (lu[(c * k) + c] != 0)
            {
                Eliminate(lu, c, k);
            }
        }

        order = rows;
        return lu;
    }

    /// <summary>The row from the diagonal down whose element of column c is the largest.</summary>
    private static int LargestBelow(ReadOnlySpan<double> lu, int c, int k)
    {
        var largest = c;
        for (var i = c + 1; i < k; i++)
        {
            if (Math.Abs(lu[(i * k) + c]) > Math.Abs(lu[(largest * k) + c]))
            {
                largest = i;
            }
        }

        return largest;
    }

    private static void Swap(Span<double> left, Span<double> right)
    {
        for (var j = 0; j < left.Length; j++)
        {
            (left[j], right[j]) = (right[j], left[j]);
        }
    }

    private static void Eliminate(Span<double> lu, int c, int k)
    {
        ReadOnlySpan<double> pivotRow = lu.Slice(c * k, k);
        for (var i = c + 1; i < k; i++)
        {
            var row = lu.Slice(i * k, k);
            row[c] /= pivotRow[c];
            Subtract(row[(c + 1)..], row[c], pivotRow[(c + 1)..]);
        }
    }

    /// <summary>values = L⁻¹ · values.</summary>
    private static void SolveLower(ReadOnlySpan<double> lu, Span<double> values, int k)
    {
        for (var i = 0; i < k; i++)
        {
            for (var c = 0; c < i; c++)
            {
                Subtract(values.Slice(i * k, k), lu[(i * k) + c], values.Slice(c * k, k));
            }
        }
    }

    /// <summary>values = U⁻¹ · values.</summary>
    private static void SolveUpper(ReadOnlySpan<double> lu, Span<double> values, int k)
    {
        for (var i = k - 1; i >= 0; i--)
        {
            var row = values.Slice(i * k, k);
            for (var c = i + 1; c < k; c++)
            {
                Subtract(row, lu[(i * k) + c], values.Slice(c * k, k));
            }

            for (var j = 0; j < k; j++)
            {
                row[j] /= lu[(i * k) + i];
            }
        }
    }

    private static void Subtract(Span<double> values, double factor, ReadOnlySpan<double> row)
    {
        FlopCount.Add(2L * values.Length);
        for (var j = 0; j < values.Length; j++)
        {
            values[j] -= factor * row[j];
        }
    }
}
