using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed class ThinProductTests
{
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void Products_equal_their_references_at_every_rank(int k)
    {
        foreach (var rows in new[] { 0, 1, 63, 1500 })
        {
            CheckGram<double>(rows, k, k);
            CheckGram<float>(rows, k, 5);
            CheckMultiply<double, double>(rows, k, 6);
            CheckMultiply<float, double>(rows, k, k);
            CheckMultiply<float, float>(rows, k, 1);
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(2000, 31)]
    [InlineData(70000, 3)]
    public void Sums_equal_their_references(int rows, int columns)
    {
        CheckSums<double>(rows, columns);
        CheckSums<float>(rows, columns);
    }

    [Fact]
    public void Float_sums_over_rows_are_accumulated_in_double()
    {
        var ones = new float[20_000_001];
        Array.Fill(ones, 1f);
        using var workers = new Workers(2);
        var view = new MatrixView<float>(ones, 0, ones.Length, 1);
        var gram = KernelData.Unwritten<double>(1, 1);
        ThinProduct.Gram(view, view, gram, workers);
        Assert.Equal(ones.Length, gram[0, 0]);
        Assert.Equal(ones.Length, ThinProduct.Sum(view, workers));
        Assert.Equal(ones.Length, ThinProduct.Dot(view, view, workers));
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var workers = new Workers(1);
        var (left, right) = (KernelData.Random<double>(4, 3, 1), KernelData.Random<double>(5, 3, 1));
        Action[] wrong =
        [
            () => ThinProduct.Gram(left, right, KernelData.Random<double>(3, 3, 1), workers),
            () => ThinProduct.Dot(left, right, workers),
            () => ThinProduct.Multiply(left, right, left, workers),
            () => ThinProduct.MultiplyTransposed(left, right, right, workers),
            () => ThinProduct.RowDots(left, right, left, workers),
            () => ThinProduct.Widen(left, right),
            () => ThinProduct.ColumnSums(left, right, workers),
        ];
        foreach (var call in wrong)
        {
            var thrown = Assert.Throws<ArgumentException>(call);
            Assert.Contains("4×3", thrown.Message, StringComparison.Ordinal);
            Assert.Contains("5×3", thrown.Message, StringComparison.Ordinal);
        }
    }

    private static void CheckGram<TElement>(int rows, int k, int l)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (left, right) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<TElement>(rows, l, 2));
        ProductRuns.Check<double>(
            k,
            k,
            into => ReferenceProduct.Gram(left, left, into),
            (into, workers) => ThinProduct.Gram(left, left, into, workers),
            KernelData.Tolerance<double>(rows));
        ProductRuns.Check<double>(
            k,
            l,
            into => ReferenceProduct.Gram(left, right, into),
            (into, workers) => ThinProduct.Gram(left, right, into, workers),
            KernelData.Tolerance<double>(rows));
    }

    private static void CheckMultiply<TElement, THeld>(int rows, int k, int l)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where THeld : unmanaged, IBinaryFloatingPointIeee754<THeld>
    {
        var (left, right) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<THeld>(k, l, 2));
        ProductRuns.Check<TElement>(
            rows,
            l,
            into => ReferenceProduct.Multiply(left, right, into),
            (into, workers) => ThinProduct.Multiply(left, right, into, workers),
            KernelData.Tolerance<TElement>(k));
        var transposed = KernelData.Unwritten<THeld>(l, k);
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < l; b++)
            {
                transposed[b, a] = right[a, b];
            }
        }

        ProductRuns.Check<TElement>(
            rows,
            l,
            into => ReferenceProduct.Multiply(left, right, into),
            (into, workers) => ThinProduct.MultiplyTransposed(left, transposed, into, workers),
            KernelData.Tolerance<TElement>(k));
    }

    private static void CheckSums<TElement>(int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (left, right) = (KernelData.Random<TElement>(rows, columns, 1), KernelData.Random<TElement>(rows, columns, 2));
        var (wideLeft, wideRight) = (KernelData.Unwritten<double>(rows, columns), KernelData.Unwritten<double>(rows, columns));
        ThinProduct.Widen(left, wideLeft);
        ThinProduct.Widen(right, wideRight);
        Assert.Equal(left.Span.ToArray().Select(x => double.CreateChecked(x)), wideLeft.Span.ToArray());

        var tolerance = KernelData.Tolerance<double>(rows * columns);
        ProductRuns.Check<double>(
            1, 1, into => into[0, 0] = Total(wideLeft, default), (into, workers) => into[0, 0] = ThinProduct.Sum(left, workers), tolerance);
        ProductRuns.Check<double>(
            1,
            1,
            into => into[0, 0] = Total(wideLeft, wideRight),
            (into, workers) => into[0, 0] = ThinProduct.Dot(left, right, workers),
            tolerance);
        ProductRuns.Check<double>(
            1, columns, into => SumColumns(wideLeft, into), (into, workers) => ThinProduct.ColumnSums(left, into, workers), tolerance);
        ProductRuns.Check<TElement>(
            rows,
            1,
            into => DotRows(left, right, into),
            (into, workers) => ThinProduct.RowDots(left, right, into, workers),
            KernelData.Tolerance<TElement>(columns));
    }

    private static double Total(MatrixView<double> left, MatrixView<double> right)
    {
        double total = 0;
        for (var e = 0; e < left.Count; e++)
        {
            total += left.Span[e] * (right.Count == 0 ? 1 : right.Span[e]);
        }

        return total;
    }

    private static void SumColumns(MatrixView<double> values, MatrixView<double> into)
    {
        into.Span.Clear();
        for (var e = 0; e < values.Count; e++)
        {
            into.Span[e % values.Columns] += values.Span[e];
        }
    }

    private static void DotRows<TElement>(MatrixView<TElement> left, MatrixView<TElement> right, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        into.Span.Clear();
        for (var e = 0; e < left.Count; e++)
        {
            into.Span[e / left.Columns] += left.Span[e] * right.Span[e];
        }
    }
}
