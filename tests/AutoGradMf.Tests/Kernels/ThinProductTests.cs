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
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 9)]
    [InlineData(20, 1)]
    [InlineData(33, 5)]
    public void Moments_equal_their_references(int k, int r)
    {
        foreach (var rows in new[] { 0, 1, 63, 700 })
        {
            CheckMoments<double>(rows, k, r);
            CheckMoments<float>(rows, k, r);
        }
    }

    [Fact]
    public void Moments_of_float_rows_are_accumulated_in_double()
    {
        var ones = new float[20_000_001];
        Array.Fill(ones, 1f);
        using var workers = new Workers(2);
        var view = new MatrixView<float>(ones, 0, ones.Length, 1);
        var moments = KernelData.Unwritten<double>(1, 1);
        ThinProduct.Moments(view, view, view, moments, workers);
        Assert.Equal(ones.Length, moments[0, 0]);
    }

    [Fact]
    public void Moments_of_other_shapes_are_refused()
    {
        using var workers = new Workers(1);
        var (outer, left, moments) = (KernelData.Random<double>(4, 3, 1), KernelData.Random<double>(4, 2, 1), KernelData.Random<double>(5, 2, 1));
        Assert.Contains("4×3, 4×2 and 4×2 do not make 5×2", Assert.Throws<ArgumentException>(() => ThinProduct.Moments(outer, left, left, moments, workers)).Message, StringComparison.Ordinal);
        Assert.Contains("4×3 and 4×2 times moments of 5×2", Assert.Throws<ArgumentException>(() => ThinProduct.MultiplyMoments(outer, left, moments, left, workers)).Message, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(1e-290)]
    [InlineData(1)]
    public void Norms_keep_their_digits_where_squares_overflow_or_underflow(double scale)
    {
        CheckNorms<double>(scale, 1e-14);
        CheckNorms<float>(Math.Max(1e-38, Math.Min(scale, 1e38)), 1e-6);
    }

    /// <summary>√(one² + other²), the root of the dot product of (one², other²) with ones, or of (one, other) with itself.</summary>
    [Theory]
    [InlineData(3, 4, 5)]
    [InlineData(0, 0, 0)]
    [InlineData(3e200, 4e200, 5e200)]
    [InlineData(3e-200, 4e-200, 5e-200)]
    [InlineData(double.NaN, 1, double.NaN)]
    [InlineData(double.PositiveInfinity, -1, double.PositiveInfinity)]
    public void The_root_of_a_dot_product_is_in_range_where_the_dot_product_is_not(double one, double other, double expected)
    {
        using var workers = new Workers(1);
        var values = new MatrixView<double>([one, other], 0, 1, 2);
        var root = ThinProduct.RootOfDot(values, values, workers);
        Assert.True(root.Equals(expected) || Math.Abs(root - expected) <= 1e-15 * expected, $"{root}");
    }

    [Fact]
    public void The_root_of_a_dot_product_that_rounding_puts_below_zero_is_zero()
    {
        using var workers = new Workers(1);
        Assert.Equal(0, ThinProduct.RootOfDot(new MatrixView<double>([1, 1], 0, 1, 2), new MatrixView<double>([1, -1 - 1e-15], 0, 1, 2), workers));
    }

    [Theory]
    [InlineData(double.NaN, 1, double.NaN)]
    [InlineData(double.PositiveInfinity, -1, double.PositiveInfinity)]
    [InlineData(1e200, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(1e200, double.NaN, double.NaN)]
    public void Norms_of_what_is_no_number_are_none(double one, double other, double expected)
    {
        using var workers = new Workers(1);
        var (values, norms) = (new MatrixView<double>([one, other], 0, 1, 2), KernelData.Unwritten<double>(1, 1));
        ThinProduct.RowNorms(values, norms, workers);
        Assert.Equal(expected, norms[0, 0]);
        Assert.Equal(expected, ThinProduct.Norm(values, workers));
    }

    [Fact]
    public void The_largest_number_is_found_and_shows_what_is_none()
    {
        Assert.Equal(5, ThinProduct.Max(new MatrixView<float>([2, -3, 5, 5, -3, 1], 0, 2, 3)));
        Assert.Equal(double.NaN, ThinProduct.Max(new MatrixView<double>([2, double.NaN, 5], 0, 1, 3)));
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
            () => ThinProduct.RowNorms(left, right, workers),
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

    private static void CheckMoments<TElement>(int rows, int k, int r)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (one, other, outer) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<TElement>(rows, r, 2), KernelData.Random<TElement>(rows, r, 3));
        foreach (var (a, b, c) in new[] { (one, one, one), (outer, one, one), (one, one, other), (outer, one, other) })
        {
            ProductRuns.Check<double>(
                a.Columns * b.Columns,
                c.Columns,
                into => ReferenceProduct.Moments(a, b, c, into),
                (into, workers) => ThinProduct.Moments(a, b, c, into, workers),
                KernelData.Tolerance<double>(rows));
            var moments = KernelData.Random<double>(a.Columns * b.Columns, c.Columns, 4);
            ProductRuns.Check<TElement>(
                rows,
                c.Columns,
                into => ReferenceProduct.MultiplyMoments(a, b, moments, into),
                (into, workers) => ThinProduct.MultiplyMoments(a, b, moments, into, workers),
                KernelData.Tolerance<TElement>(a.Columns * b.Columns));
        }
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
        ProductRuns.Check<double>(
            1, 1, into => into[0, 0] = Length(wideLeft.Span), (into, workers) => into[0, 0] = ThinProduct.Norm(left, workers), tolerance);
        ProductRuns.Check<TElement>(
            rows,
            1,
            into => MeasureRows(left, into),
            (into, workers) => ThinProduct.RowNorms(left, into, workers),
            KernelData.Tolerance<TElement>(columns));
    }

    private static void CheckNorms<TElement>(double scale, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        using var workers = new Workers(2);
        var values = KernelData.Random<TElement>(37, 5, 1);
        foreach (ref var value in values.Span)
        {
            value = TElement.CreateTruncating(double.CreateTruncating(value) * scale);
        }

        values.Row(3).Clear();
        var (expected, actual) = (KernelData.Unwritten<TElement>(37, 1), KernelData.Unwritten<TElement>(37, 1));
        MeasureRows(values, expected);
        ThinProduct.RowNorms(values, actual, workers);
        for (var i = 0; i < 37; i++)
        {
            var (right, norm) = (double.CreateTruncating(expected[i, 0]), double.CreateTruncating(actual[i, 0]));
            Assert.Equal(i == 3, right == 0);
            Claim.True(Math.Abs(right - norm) <= tolerance * right, $"{norm} and not {right} in row {i}");
        }

        var all = Length(Array.ConvertAll(values.Span.ToArray(), double.CreateTruncating));
        Assert.Equal(1, ThinProduct.Norm(values, workers) / all, tolerance);
    }

    private static void MeasureRows<TElement>(MatrixView<TElement> values, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var i = 0; i < values.Rows; i++)
        {
            into[i, 0] = TElement.CreateTruncating(Length(Array.ConvertAll(values.Row(i).ToArray(), double.CreateTruncating)));
        }
    }

    /// <summary>The norm, of two numbers at a time, which overflows nowhere.</summary>
    private static double Length(ReadOnlySpan<double> values)
    {
        var length = 0.0;
        foreach (var value in values)
        {
            length = double.Hypot(length, value);
        }

        return length;
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
