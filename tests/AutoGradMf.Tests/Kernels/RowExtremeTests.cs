using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class RowExtremeTests
{
    /// <summary>x itself: what is looked for the extremes of.</summary>
    private readonly struct Same : IEntryFunction
    {
        public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
            where TLane : struct, ILane<TLane> => output[0] = input[0];
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 2000)]
    [InlineData(40, 20)]
    [InlineData(130, 300)]
    [InlineData(5, 257)]
    public void Dense_rows_have_their_extremes_at_the_first_of_equal_places(int rows, int columns)
    {
        CheckDense<double>(rows, columns);
        CheckDense<float>(rows, columns);
    }

    [Theory]
    [InlineData(1, 5, 1)]
    [InlineData(60, 900, 0.7)]
    [InlineData(300, 20, 0.2)]
    public void Stored_rows_have_their_extremes_at_the_first_of_equal_columns(int rows, int columns, double density)
    {
        CheckSampled<double>(rows, columns, density);
        CheckSampled<float>(rows, columns, density);
    }

    [Fact]
    public void Empty_rows_have_none()
    {
        var into = Destinations<double>(3);
        using var workers = new Workers(2);
        DenseLoop.Evaluate<Same, double>(3, 0, [Operand.Entry(KernelData.Random<double>(3, 0, 1))], [], Results(into), new(), workers);

        Assert.All(into[0].Span.ToArray(), x => Assert.Equal(double.NegativeInfinity, x));
        Assert.All(into[1].Span.ToArray(), x => Assert.Equal(double.PositiveInfinity, x));
        Assert.All(into[2].Span.ToArray(), x => Assert.Equal(-1, x));
        Assert.All(into[3].Span.ToArray(), x => Assert.Equal(-1, x));
    }

    [Fact]
    public void The_first_place_counts_also_among_infinities_and_NaN()
    {
        var (low, nan) = (double.NegativeInfinity, double.NaN);
        var values = new MatrixView<double>([low, low, low, 1, nan, nan, -low, -low, 3], 0, 3, 3);
        var into = Destinations<double>(3);
        using var workers = new Workers(1);
        DenseLoop.Evaluate<Same, double>(3, 3, [Operand.Entry(values)], [], Results(into), new(), workers);

        Assert.Equal([low, nan, -low], into[0].Span.ToArray());
        Assert.Equal([low, nan, 3], into[1].Span.ToArray());
        Assert.Equal([0.0, 1, 0], into[2].Span.ToArray());
        Assert.Equal([0.0, 1, 2], into[3].Span.ToArray());
    }

    [Fact]
    public void A_NaN_stays_the_extreme_over_tiles()
    {
        var values = KernelData.Random<double>(2, 1500, 1);
        (values[0, 700], values[0, 701], values[1, 0]) = (double.NaN, double.NaN, double.NaN);
        var into = Destinations<double>(2);
        using var workers = new Workers(2);
        DenseLoop.Evaluate<Same, double>(2, 1500, [Operand.Entry(values)], [], Results(into), new(), workers);

        Assert.Equal([double.NaN, double.NaN], into[0].Span.ToArray());
        Assert.Equal([700.0, 0], into[2].Span.ToArray());
        Assert.Equal([700.0, 0], into[3].Span.ToArray());
    }

    [Fact]
    public void A_destination_that_does_not_fit_is_named()
    {
        using var workers = new Workers(1);
        var thrown = Assert.Throws<ArgumentException>(() => DenseLoop.Evaluate<Same, double>(
            4, 3, [Operand.Scalar<double>(1)], [], [LoopResult.RowMax(0, KernelData.Unwritten<double>(3, 1))], new(), workers));

        Assert.Contains("4×3", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("3×1", thrown.Message, StringComparison.Ordinal);
    }

    private static void CheckDense<TElement>(int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Operand<TElement>[] inputs = [Operand.Entry(WithTies<TElement>(rows * columns, rows, columns))];
        LoopRuns.Check<TElement>(
            0,
            [(rows, 1), (rows, 1), (rows, 1), (rows, 1), (rows, 1)],
            Results,
            (sums, results) => ReferenceLoop.Dense<Same, TElement>(rows, columns, inputs, sums, results),
            (sums, results, scratch, workers) =>
                DenseLoop.Evaluate<Same, TElement>(rows, columns, inputs, sums, results, scratch, workers),
            tolerance: 0);
    }

    private static void CheckSampled<TElement>(int rows, int columns, double density)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        // Every row stores an entry, so that the extremes are finite.
        var pattern = SparsePattern.Union(
            KernelData.Pattern(rows, columns, density, 1),
            LossMath.OneHot<TElement>(new([.. Enumerable.Range(0, rows).Select(i => i % columns)]), columns).Pattern);
        Operand<TElement>[] inputs = [Operand.Entry(WithTies<TElement>(pattern.Count, pattern.Count, 1))];
        LoopRuns.Check<TElement>(
            0,
            [(rows, 1), (rows, 1), (rows, 1), (rows, 1), (rows, 1)],
            Results,
            (sums, results) => ReferenceLoop.Sampled<Same, TElement>(pattern, inputs, sums, results),
            (sums, results, scratch, workers) => SampledLoop.Evaluate<Same, TElement>(pattern, inputs, sums, results, scratch, workers),
            tolerance: 0);
    }

    /// <summary>Small whole numbers, which have ties and exact sums.</summary>
    private static MatrixView<TElement> WithTies<TElement>(int count, int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(count);
        var values = new TElement[count];
        foreach (ref var value in values.AsSpan())
        {
            value = TElement.CreateChecked(random.Next(-9, 10));
        }

        return new(values, 0, rows, columns);
    }

    private static MatrixView<TElement>[] Destinations<TElement>(int rows)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        [.. Enumerable.Range(0, 5).Select(_ => KernelData.Unwritten<TElement>(rows, 1))];

    private static LoopResult<TElement>[] Results<TElement>(MatrixView<TElement>[] into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        [
            LoopResult.RowMax(0, into[0]),
            LoopResult.RowMin(0, into[1]),
            LoopResult.RowArgMax(0, into[2]),
            LoopResult.RowArgMin(0, into[3]),
            LoopResult.RowSums(0, into[4]),
        ];
}
