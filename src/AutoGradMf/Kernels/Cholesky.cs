using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Factorization RᵀR of small symmetric positive definite matrices, k × k with padded rows, of which the upper triangle is read and
/// overwritten; and solutions with it (Golub &amp; Van Loan, "Matrix Computations", 4th edition, section 4.2).
/// </summary>
internal static unsafe class Cholesky
{
    /// <summary>Replaces the upper triangle by R. O(k³ / 3). Returns whether the matrix is positive definite beyond rounding.</summary>
    public static bool Factor<TElement>(TElement* square, int k, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add((((long)k * k * k) - k) / 3);
        var rounding = TElement.CreateTruncating(k) * (TElement.BitIncrement(TElement.One) - TElement.One);
        var before = stackalloc TElement[ProductTile.Rows];
        var left = stackalloc TElement[k * ProductTile.Rows];
        for (var a = 0; a < k; a += ProductTile.Rows)
        {
            var rows = Math.Min(ProductTile.Rows, k - a);
            for (var r = 0; r < rows; r++)
            {
                before[r] = square[((a + r) * stride) + a + r];
            }

            for (var q = 0; q < a; q++)
            {
                for (var r = 0; r < ProductTile.Rows; r++)
                {
                    left[(q * ProductTile.Rows) + r] = -square[(q * stride) + a + r];
                }
            }

            RankUpdate.AddTileRow(left, ProductTile.Rows, square, a, square, (int)stride, a);
            for (var r = 0; r < rows; r++)
            {
                var row = square + ((a + r) * stride);
                for (var q = a; q < a + r; q++)
                {
                    Subtract(row, square + (q * stride), square[(q * stride) + a + r], a + r, stride);
                }

                var pivot = row[a + r];
                if (!(pivot > rounding * before[r]))
                {
                    return false;
                }

                Scale(row, TElement.One / TElement.Sqrt(pivot), a + r, stride);

                // Solutions read whole registers, which may begin before the diagonal.
                new Span<TElement>(row, a + r).Clear();
            }
        }

        return true;
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
        for (var i = 0; i < k; i++)
        {
            var row = factor + (i * stride);
            var value = y[i] / row[i];
            Subtract(y, row, value, i, stride);
            y[i] = value;
        }

        for (var i = k - 1; i >= 0; i--)
        {
            var row = factor + (i * stride);
            y[i] = (y[i] - DotAfter(row, y, i, stride)) / row[i];
        }
    }

    /// <summary>into[j] −= scale · row[j] from the register that holds j = <paramref name="first"/> on.</summary>
    private static void Subtract<TElement>(TElement* into, TElement* row, TElement scale, int first, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var factor = new Vector<TElement>(-scale);
        for (var j = (nint)(first / Vector<TElement>.Count * Vector<TElement>.Count); j < stride; j += Vector<TElement>.Count)
        {
            Simd.MultiplyAdd(factor, Vector.Load(row + j), Vector.Load(into + j)).Store(into + j);
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

    /// <summary>Σ row[j] · y[j] over j &gt; i.</summary>
    private static TElement DotAfter<TElement>(TElement* row, TElement* y, int i, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var j = (nint)i + 1;
        var sum = TElement.Zero;
        for (; j < stride && j % Vector<TElement>.Count != 0; j++)
        {
            sum += row[j] * y[j];
        }

        var sums = Vector<TElement>.Zero;
        for (; j < stride; j += Vector<TElement>.Count)
        {
            sums = Simd.MultiplyAdd(Vector.Load(row + j), Vector.Load(y + j), sums);
        }

        return sum + Vector.Sum(sums);
    }
}
