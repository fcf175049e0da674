using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Solutions leave a residual of rounding's size, however badly conditioned the matrix is.</summary>
[EveryRegisterWidth]
public sealed unsafe class CholeskyTests
{
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void Solutions_fit_badly_conditioned_systems(int k)
    {
        foreach (var digits in new[] { 0, 2, 4 })
        {
            Check<float>(k, Math.Pow(10, digits));
            Check<double>(k, Math.Pow(10, 3 * digits));
        }
    }

    [Fact]
    public void A_matrix_that_is_singular_to_rounding_is_not_positive_definite()
    {
        foreach (var k in new[] { 2, 7, 8, 9, 31, 64 })
        {
            var padded = ProductTile.Stride<double>(k);
            var square = new Matrix<double>(ProductTile.RoundUp(k), padded);
            for (var r = 0; r < k; r++)
            {
                square.View.Row(r)[..k].Fill(1);
                square.View.Row(r)[r] = r == k - 1 ? 1 : 2;
            }

            // The last two rows are the same.
            square.View.Row(k - 2)[k - 2] = 1;
            fixed (double* matrix = square.View.Span)
            {
                Assert.False(Cholesky.Factor(matrix, k, padded));
            }
        }
    }

    /// <summary>A = Q D Qᵀ of a reflection Q, with the diagonal falling from 1 to the inverse of the condition.</summary>
    private static void Check<TElement>(int k, double condition)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var padded = ProductTile.Stride<TElement>(k);
        var (axis, wanted) = (KernelData.Random<double>(1, k, 1).Span.ToArray(), KernelData.Random<double>(1, k, 2).Span.ToArray());
        var length = axis.Sum(x => x * x);
        double Reflection(int r, int c) => (r == c ? 1 : 0) - (2 * axis[r] * axis[c] / length);
        double Element(int r, int c) => Enumerable.Range(0, k).Sum(d => Reflection(r, d) * Math.Pow(condition, -d / Math.Max(1.0, k - 1)) * Reflection(d, c));

        var square = new Matrix<TElement>(ProductTile.RoundUp(k), padded);
        var (exact, right) = (new double[k, k], new TElement[padded]);
        for (var r = 0; r < k; r++)
        {
            for (var c = r; c < k; c++)
            {
                square.View.Row(r)[c] = TElement.CreateTruncating(Element(r, c));
                exact[r, c] = exact[c, r] = double.CreateTruncating(square.View[r, c]);
            }
        }

        for (var r = 0; r < k; r++)
        {
            right[r] = TElement.CreateTruncating(Enumerable.Range(0, k).Sum(c => exact[r, c] * wanted[c]));
        }

        var b = right.Select(x => double.CreateTruncating(x)).ToArray();
        fixed (TElement* matrix = square.View.Span, y = right)
        {
            Assert.True(Cholesky.Factor(matrix, k, padded));
            Cholesky.Solve(matrix, y, k, padded);
        }

        var rounding = double.CreateTruncating(TElement.BitIncrement(TElement.One) - TElement.One);
        var largest = right.Max(x => Math.Abs(double.CreateTruncating(x)));
        for (var r = 0; r < k; r++)
        {
            var residual = Enumerable.Range(0, k).Sum(c => exact[r, c] * double.CreateTruncating(right[c])) - b[r];
            Claim.True(Math.Abs(residual) <= 4 * k * rounding * largest, $"k = {k}, condition {condition:E0}: residual {residual:E1} of numbers up to {largest:E1}.");
        }
    }
}
