using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Factorization RᵀR of small symmetric positive definite matrices, k × k with padded rows, of which the upper triangle is read and
/// overwritten; and solutions with it (Golub &amp; Van Loan, "Matrix Computations", 4th edition, section 4.2). The diagonal of R is kept as its reciprocals.
/// </summary>
internal static unsafe class Cholesky
{
    /// <summary>Replaces the upper triangle by R. O(k³ / 3). Returns whether the matrix is positive definite beyond rounding.</summary>
    public static bool Factor<TElement>(TElement* square, int k, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add((((long)k * k * k) - k) / 3);
        var rounding = TElement.CreateTruncating(k) * (TElement.BitIncrement(TElement.One) - TElement.One);
        for (var a = 0; a < k; a += ProductTile.Rows)
        {
            if (!FactorRows(square, a, Math.Min(ProductTile.Rows, k - a), stride, rounding))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Rows a and after of R. They hold what is left of the matrix, negative, so that what the rows above take from it is added; and, for one division is shorter
    /// than it and a root, they are scaled by the roots of the pivots only when all of them are there.
    /// </summary>
    private static bool FactorRows<TElement>(TElement* square, int a, int rows, nint stride, TElement rounding)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var least = stackalloc TElement[ProductTile.Rows];
        var reciprocals = stackalloc TElement[ProductTile.Rows];
        for (var r = 0; r < rows; r++)
        {
            var row = square + ((a + r) * stride);
            least[r] = rounding * row[a + r];
            Scale(row, -TElement.One, a, stride);
        }

        RankUpdate.AddTileRow(square + a, (int)stride, square, a, square, (int)stride, a);
        for (var r = 0; r < rows; r++)
        {
            var row = square + ((a + r) * stride);
            Eliminate(row, square + (a * stride) + a + r, reciprocals, r, a + r, stride);
            var pivot = -row[a + r];
            reciprocals[r] = TElement.One / pivot;
            if (!(pivot > least[r]) || !TElement.IsFinite(reciprocals[r]))
            {
                return false;
            }
        }

        for (var r = 0; r < rows; r++)
        {
            var row = square + ((a + r) * stride);
            var root = TElement.Sqrt(reciprocals[r]);
            Scale(row, -root, a + r, stride);

            // Solutions read whole registers, which may begin before the diagonal.
            new Span<TElement>(row, a + r).Clear();
            row[a + r] = root;
        }

        return true;
    }

    /// <summary>row[j] += Σ_q above_q[0] · reciprocals_q · above_q[j − first] for j ≥ first, from the register that holds it on.</summary>
    private static void Eliminate<TElement>(TElement* row, TElement* above, TElement* reciprocals, int count, int first, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var j = (nint)(first / Vector<TElement>.Count * Vector<TElement>.Count); j < stride; j += Vector<TElement>.Count)
        {
            var sum = Vector.Load(row + j);
            for (var q = 0; q < count; q++)
            {
                var factor = new Vector<TElement>(above[q * stride] * reciprocals[q]);
                sum = Simd.MultiplyAdd(factor, Vector.Load(above + (q * stride) + j - first), sum);
            }

            sum.Store(row + j);
        }
    }

    /// <summary>Replaces y by (RᵀR)⁻¹ y. O(2 k²).</summary>
    /// <param name="factor">R.</param>
    /// <param name="y">k numbers, padded to the stride with zeros.</param>
    /// <param name="k">The size.</param>
    /// <param name="stride">Of the rows of R.</param>
    public static void Solve<TElement>(TElement* factor, TElement* y, int k, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add(2L * k * k);
        var width = Vector<TElement>.Count;
        for (var a = 0; a < k; a += width)
        {
            SubstituteForward(factor + (a * stride), y, a, Math.Min(width, k - a), stride);
        }

        for (var a = (k - 1) / width * width; a >= 0; a -= width)
        {
            SubstituteBackward(factor + (a * stride), y, a, Math.Min(width, k - a), stride);
        }
    }

    /// <summary>
    /// y_a and after of Rᵀy = y. No more than fill a register are solved for at a time, number by number, and the registers after it are changed once by all of them: to load a
    /// register from where a number was just stored would be to wait for it.
    /// </summary>
    private static void SubstituteForward<TElement>(TElement* above, TElement* y, int a, int rows, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var r = a; r < a + rows; r++)
        {
            var value = y[r];
            var column = above + r;
            for (var q = a; q < r; q++, column += stride)
            {
                value -= *column * y[q];
            }

            y[r] = value * *column;
        }

        for (var j = (nint)a + Vector<TElement>.Count; j < stride; j += Vector<TElement>.Count)
        {
            var sum = Vector.Load(y + j);
            for (var r = 0; r < rows; r++)
            {
                sum = Simd.MultiplyAdd(new Vector<TElement>(-y[a + r]), Vector.Load(above + (r * stride) + j), sum);
            }

            sum.Store(y + j);
        }
    }

    /// <summary>y_a and after of R y = y, as many as fill a register.</summary>
    private static void SubstituteBackward<TElement>(TElement* above, TElement* y, int a, int rows, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var r = 0; r < rows; r++)
        {
            var sum = Vector<TElement>.Zero;
            for (var j = (nint)a + Vector<TElement>.Count; j < stride; j += Vector<TElement>.Count)
            {
                sum = Simd.MultiplyAdd(Vector.Load(above + (r * stride) + j), Vector.Load(y + j), sum);
            }

            y[a + r] -= Vector.Sum(sum);
        }

        for (var r = rows - 1; r >= 0; r--)
        {
            var column = above + (r * stride) + a + r;
            var value = y[a + r] *= *column;
            for (var q = r - 1; q >= 0; q--)
            {
                column -= stride;
                y[a + q] -= *column * value;
            }
        }
    }

    private static void Scale<TElement>(TElement* row, TElement scale, int first, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var factor = new Vector<TElement>(scale);
        for (var j = (nint)(first / Vector<TElement>.Count * Vector<TElement>.Count); j < stride; j += Vector<TElement>.Count)
        {
            (factor * Vector.Load(row + j)).Store(row + j);
        }
    }
}
