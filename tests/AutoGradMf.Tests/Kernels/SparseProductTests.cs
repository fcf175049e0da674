using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed class SparseProductTests
{
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void Products_equal_their_references_at_every_rank(int k)
    {
        CheckProducts<double>(60, 340, 0.3, k);
        CheckProducts<float>(60, 340, 0.3, k);
    }

    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(2, 900, 1.0)]
    [InlineData(900, 1, 0.9)]
    [InlineData(7, 6, 0.0)]
    [InlineData(0, 3, 0.0)]
    [InlineData(3, 0, 0.0)]
    [InlineData(200, 300, 0.5)]
    public void Products_equal_their_references_at_every_shape(int rows, int columns, double density)
    {
        CheckProducts<double>(rows, columns, density, 3);
        CheckProducts<float>(rows, columns, density, 1);
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var workers = new Workers(1);
        var pattern = KernelData.Pattern(4, 3, 1, 1);
        var values = KernelData.Random<double>(pattern.Count, 1, 1);
        var five = KernelData.Random<double>(5, 2, 1);
        Action[] wrong =
        [
            () => SparseProduct.Multiply(pattern, values, five, five, workers),
            () => SparseProduct.Multiply(pattern, five, five, five, workers),
            () => SparseProduct.RowSums(pattern, values, five, workers),
            () => SparseProduct.ColumnSums(pattern, values, five, workers),
        ];
        foreach (var call in wrong)
        {
            var thrown = Assert.Throws<ArgumentException>(call);
            Assert.Contains("4×3", thrown.Message, StringComparison.Ordinal);
            Assert.Contains("5×2", thrown.Message, StringComparison.Ordinal);
        }

        var transposed = Assert.Throws<ArgumentException>(() => SparseProduct.MultiplyTransposed(pattern, values, five, five, workers));
        Assert.Contains("3×4", transposed.Message, StringComparison.Ordinal);
    }

    private static void CheckProducts<TElement>(int rows, int columns, double density, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = KernelData.Pattern(rows, columns, density, 3);
        var values = KernelData.Random<TElement>(pattern.Count, 1, 4);
        var (left, right) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<TElement>(columns, k, 2));
        var tolerance = KernelData.Tolerance<TElement>(Math.Max(rows, columns));
        ProductRuns.Check<TElement>(
            rows,
            k,
            into => ReferenceProduct.Multiply(pattern, values, right, into),
            (into, workers) => SparseProduct.Multiply(pattern, values, right, into, workers),
            tolerance);
        ProductRuns.Check<TElement>(
            columns,
            k,
            into => ReferenceProduct.MultiplyTransposed(pattern, values, left, into),
            (into, workers) => SparseProduct.MultiplyTransposed(pattern, values, left, into, workers),
            tolerance);

        var (onesLeft, onesRight) = (Ones<TElement>(rows), Ones<TElement>(columns));
        ProductRuns.Check<TElement>(
            rows,
            1,
            into => ReferenceProduct.Multiply(pattern, values, onesRight, into),
            (into, workers) => SparseProduct.RowSums(pattern, values, into, workers),
            tolerance);
        ProductRuns.Check<TElement>(
            columns,
            1,
            into => ReferenceProduct.MultiplyTransposed(pattern, values, onesLeft, into),
            (into, workers) => SparseProduct.ColumnSums(pattern, values, into, workers),
            tolerance);
    }

    private static MatrixView<TElement> Ones<TElement>(int rows)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ones = KernelData.Unwritten<TElement>(rows, 1);
        ones.Span.Fill(TElement.One);
        return ones;
    }
}
