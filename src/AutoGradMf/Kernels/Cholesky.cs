using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Factorization RᵀR of small symmetric positive definite matrices, k × k with padded rows, of which the upper triangle is read and
/// overwritten; and solutions with it (Golub &amp; Van Loan, "Matrix Computations", 4th edition, sections 4.2.9 and 3.1.3). Of a block on the diagonal of R, of
/// <see cref="ProductTile.Rows"/> rows, the inverse is kept, transposed: what is right of it is then a product with that, and so is a step of a solution,
/// where substitution would wait for one number after the other.
/// </summary>
internal static unsafe class Cholesky
{
    /// <summary>Replaces the upper triangle by R. O(k³ / 3). Returns whether the matrix is positive definite beyond rounding.</summary>
    /// <param name="square">Rows up to the next multiple of <see cref="ProductTile.Rows"/>.</param>
    /// <param name="k">Its size.</param>
    /// <param name="stride">Of its rows.</param>
    public static bool Factor<TElement>(TElement* square, int k, nint stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add((((long)k * k * k) - k) / 3);
        var work = new CholeskyFactorization<TElement>(square, k, stride);
        RegisterChoice.Run<CholeskyFactorization<TElement>, TElement>(ref work, ProductTile.Rows);
        return work.IsPositiveDefinite;
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
        var work = new CholeskySolution<TElement>(factor, y, k, stride);
        RegisterChoice.Run<CholeskySolution<TElement>, TElement>(ref work, ProductTile.Rows);
    }
}
