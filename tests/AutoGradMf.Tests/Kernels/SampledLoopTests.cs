using System.Numerics;
using System.Runtime.Intrinsics.X86;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed class SampledLoopTests
{
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void The_biased_square_equals_its_reference_at_every_rank(int k)
    {
        CheckBiased<double>(37, 29, 0.3, k);
        CheckBiased<float>(37, 29, 0.3, k);
    }

    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(2, 1, 1.0)]
    [InlineData(2, 700, 1.0)]
    [InlineData(900, 1, 0.5)]
    [InlineData(6, 5, 0.0)]
    [InlineData(0, 5, 0.0)]
    [InlineData(5, 0, 0.0)]
    [InlineData(300, 200, 0.4)]
    [InlineData(9_000, 3, 0.5)]
    public void The_biased_square_equals_its_reference_at_every_shape(int rows, int columns, double density)
    {
        CheckBiased<double>(rows, columns, density, 7);
        CheckBiased<float>(rows, columns, density, 7);
    }

    /// <summary>Their rows are asked for ahead: also in the last block of a chunk, which has fewer entries or none after it.</summary>
    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(5, 0.1)]
    public unsafe void The_biased_square_equals_its_reference_where_factors_are_large(int rows, double density)
    {
        const int columns = 9_000;
        var factor = new PackedRows<float>(null, PackedMatrix<float>.Stride(200, 1));
        Assert.Equal(Sse.IsSupported, RowPrefetch.Pays(factor, columns));
        CheckBiased<double>(rows, columns, density, 200);
        CheckBiased<float>(rows, columns, density, 200);
    }

    /// <summary>Also where the rows are of several bands.</summary>
    [Theory]
    [InlineData(41, 600)]
    [InlineData(9_000, 4)]
    public void Two_sums_and_two_slots_go_to_their_own_destinations(int rows, int columns)
    {
        Assert.Equal(rows > 1 << 13 ? 2 : 1, KernelData.Pattern(rows, columns, 0.3, 5).Bands.Count);
        CheckTwoSlots<double>(rows, columns);
        CheckTwoSlots<float>(rows, columns);
    }

    [Fact]
    public void Wide_operands_are_converted_where_they_are_read()
    {
        var pattern = KernelData.Pattern(23, 31, 0.4, 1);
        Operand<float>[] inputs =
        [
            Operand.WideEntry<float>(KernelData.Random<double>(pattern.Count, 1, 2)),
            Operand.Scalar<float>(0.1),
            Operand.WideRow<float>(KernelData.Random<double>(23, 1, 3)),
            Operand.WideColumn<float>(KernelData.Random<double>(1, 31, 4)),
        ];
        var (expected, found) = (KernelData.Unwritten<float>(pattern.Count, 1), KernelData.Unwritten<float>(pattern.Count, 1));
        var (expectedSums, foundSums) = (new double[1], new double[1]);
        ReferenceLoop.Sampled<BiasedSquare, float>(pattern, inputs, expectedSums, [LoopResult.Store(0, expected)]);
        using var workers = new Workers(1);
        SampledLoop.Evaluate<BiasedSquare, float>(pattern, inputs, foundSums, [LoopResult.Store(0, found)], new(), workers);
        KernelData.AssertSame(expected, found);
        Assert.Equal(expectedSums[0], foundSums[0], 1e-10);
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        var pattern = KernelData.Pattern(4, 3, 1, 1);
        using var workers = new Workers(1);
        var operand = Assert.Throws<ArgumentException>(() => SampledLoop.Evaluate<SquareDerivative, double>(
            pattern, [Operand.Row(KernelData.Random<double>(5, 1, 1))], [], [], new(), workers));
        Assert.Contains("4×3", operand.Message, StringComparison.Ordinal);
        Assert.Contains("5×1", operand.Message, StringComparison.Ordinal);
        var result = Assert.Throws<ArgumentException>(() => SampledLoop.Evaluate<SquareDerivative, double>(
            pattern,
            [Operand.Scalar<double>(1)],
            [],
            [LoopResult.RowProduct(0, KernelData.Random<double>(3, 2, 1), KernelData.Random<double>(4, 3, 1))],
            new(),
            workers));
        Assert.Contains("4×3 from 3×2", result.Message, StringComparison.Ordinal);
    }

    private static void CheckBiased<TElement>(int rows, int columns, double density, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = KernelData.Pattern(rows, columns, density, 5);
        var (left, right) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<TElement>(columns, k, 2));
        Operand<TElement>[] inputs =
        [
            Operand.Dot(left, right),
            Operand.Entry(KernelData.Random<TElement>(pattern.Count, 1, 3)),
            Operand.Row(KernelData.Random<TElement>(rows, 1, 4)),
            Operand.Column(KernelData.Random<TElement>(1, columns, 5)),
        ];

        LoopRuns.Check<TElement>(
            1,
            [(rows, k), (columns, k), (rows, 1), (1, columns), (pattern.Count, 1)],
            into =>
            [
                LoopResult.RowProduct(0, right, into[0]),
                LoopResult.ColumnProduct(0, left, into[1]),
                LoopResult.RowSums(0, into[2]),
                LoopResult.ColumnSums(0, into[3]),
                LoopResult.Store(0, into[4]),
            ],
            (sums, results) => ReferenceLoop.Sampled<BiasedSquare, TElement>(pattern, inputs, sums, results),
            (sums, results, scratch, workers) =>
                SampledLoop.Evaluate<BiasedSquare, TElement>(pattern, inputs, sums, results, scratch, workers),
            KernelData.Tolerance<TElement>(k + Math.Max(rows, columns)) * k);
    }

    private static void CheckTwoSlots<TElement>(int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        const int k = 5;
        var pattern = KernelData.Pattern(rows, columns, 0.3, 5);
        var (left, right) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<TElement>(columns, k, 2));
        var other = KernelData.Random<TElement>(columns, 3, 9);
        Operand<TElement>[] inputs = [Operand.Dot(left, right), Operand.Entry(KernelData.Random<TElement>(pattern.Count, 1, 3))];
        LoopRuns.Check<TElement>(
            2,
            [(rows, k), (rows, 3), (columns, k), (columns, 1), (pattern.Count, 1)],
            into =>
            [
                LoopResult.RowProduct(0, right, into[0]),
                LoopResult.RowProduct(1, other, into[1]),
                LoopResult.ColumnProduct(1, left, into[2]),
                LoopResult.ColumnSums(0, into[3]),
                LoopResult.Store(1, into[4]),
            ],
            (sums, results) => ReferenceLoop.Sampled<SoftplusAndSquare, TElement>(pattern, inputs, sums, results),
            (sums, results, scratch, workers) =>
                SampledLoop.Evaluate<SoftplusAndSquare, TElement>(pattern, inputs, sums, results, scratch, workers),
            KernelData.Tolerance<TElement>(Math.Max(rows, columns)));
    }
}
