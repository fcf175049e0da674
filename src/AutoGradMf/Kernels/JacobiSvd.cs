namespace AutoGradMf.Kernels;

/// <summary>
/// Singular value decomposition of small square matrices in double, by one-sided Jacobi rotations (Hestenes 1958; Golub &amp; Van Loan,
/// "Matrix Computations", 4th edition, section 8.6.3): small singular values keep their relative accuracy.
/// </summary>
internal static class JacobiSvd
{
    private const int MostSweeps = 40;
    private const double Tolerance = 1e-15;

    /// <summary>A = P·diag(s)·Qᵀ. O(k³) for each of some ten sweeps.</summary>
    /// <param name="matrix">On entry the rows of Aᵀ, which are the columns of A, k × k; on return the rows of (P·diag(s))ᵀ.</param>
    /// <param name="right">Receives the rows of Qᵀ.</param>
    /// <param name="values">Receives s, in no order.</param>
    /// <param name="k">The size.</param>
    public static void Decompose(Span<double> matrix, Span<double> right, Span<double> values, int k)
    {
        right[..(k * k)].Clear();
        for (var i = 0; i < k; i++)
        {
            right[(i * k) + i] = 1;
        }

        for (var sweep = 0; sweep < MostSweeps && Sweep(matrix, right, k); sweep++)
        {
        }

        for (var i = 0; i < k; i++)
        {
            values[i] = Math.Sqrt(Dot(matrix.Slice(i * k, k), matrix.Slice(i * k, k)));
        }
    }

    private static bool Sweep(Span<double> matrix, Span<double> right, int k)
    {
        var rotated = false;
        for (var i = 0; i < k - 1; i++)
        {
            for (var j = i + 1; j < k; j++)
            {
                rotated |= Rotate(matrix.Slice(i * k, k), matrix.Slice(j * k, k), right.Slice(i * k, k), right.Slice(j * k, k));
            }
        }

        return rotated;
    }

    /// <summary>Makes two columns orthogonal; whether they were not.</summary>
    private static bool Rotate(Span<double> x, Span<double> y, Span<double> p, Span<double> q)
    {
        var (xx, yy, xy) = (Dot(x, x), Dot(y, y), Dot(x, y));
        if (!(Math.Abs(xy) > Tolerance * Math.Sqrt(xx * yy)))
        {
            return false;
        }

        var zeta = (yy - xx) / (2 * xy);
        var tangent = Math.CopySign(1 / (Math.Abs(zeta) + double.Hypot(1, zeta)), zeta);
        var cosine = 1 / double.Hypot(1, tangent);
        Turn(x, y, cosine, cosine * tangent);
        Turn(p, q, cosine, cosine * tangent);
        return true;
    }

    private static void Turn(Span<double> x, Span<double> y, double cosine, double sine)
    {
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = ((cosine * x[i]) - (sine * y[i]), (sine * x[i]) + (cosine * y[i]));
        }
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => System.Numerics.Tensors.TensorPrimitives.Dot(x, y);
}
