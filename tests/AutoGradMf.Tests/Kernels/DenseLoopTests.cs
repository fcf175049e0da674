using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed class DenseLoopTests
{
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void A_streamed_loop_equals_its_reference_at_every_rank(int k)
    {
        CheckStreamed<double>(33, 67, k);
        CheckStreamed<float>(33, 67, k);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    [InlineData(700, 1)]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(130, 300)]
    [InlineData(40, 20)]
    [InlineData(3, 257)]
    public void A_streamed_loop_equals_its_reference_at_every_shape(int rows, int columns)
    {
        CheckStreamed<double>(rows, columns, 5);
        CheckStreamed<float>(rows, columns, 5);
    }

    /// <summary>Of more columns than two panels have, the last of which is not whole.</summary>
    [Theory]
    [InlineData(70, 400, 200)]
    [InlineData(70, 600, 100)]
    public void A_streamed_loop_equals_its_reference_across_panels(int rows, int columns, int k)
    {
        CheckStreamed<double>(rows, columns, k);
        CheckStreamed<float>(rows, columns, k);
    }

    [Theory]
    [InlineData(1000, 20)]
    [InlineData(1, 2000)]
    [InlineData(2000, 1)]
    [InlineData(50, 300)]
    public void An_elementwise_loop_may_store_in_place(int rows, int columns)
    {
        var values = KernelData.Random<float>(rows, columns, 1);
        var expected = values.Span.ToArray().Select(x => 2 * x).ToArray();
        using var workers = new Workers(2);
        DenseLoop.Evaluate<SquareDerivative, float>(
            rows, columns, [Operand.Entry(values)], [], [LoopResult.Store(0, values)], new(), workers);
        Assert.Equal(expected, values.Span.ToArray());
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var workers = new Workers(1);
        var thrown = Assert.Throws<ArgumentException>(() => DenseLoop.Evaluate<SquareDerivative, double>(
            4, 3, [Operand.Entry(KernelData.Random<double>(3, 4, 1))], [], [], new(), workers));
        Assert.Contains("4×3", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("3×4", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(33, 67, 0.4)]
    [InlineData(1, 700, 0.1)]
    [InlineData(700, 1, 0.5)]
    [InlineData(130, 300, 0)]
    [InlineData(40, 20, 1)]
    public void Sparse_operands_are_zero_where_they_have_no_entry(int rows, int columns, double density)
    {
        CheckSparse<double>(rows, columns, density);
        CheckSparse<float>(rows, columns, density);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 70, 5, 0.3)]
    [InlineData(70, 3, 1, 0.3)]
    [InlineData(130, 300, 9, 0.05)]
    [InlineData(40, 20, 31, 0)]
    public void Products_of_sparse_and_dense_matrices_are_computed_row_by_row(int rows, int columns, int inner, double density)
    {
        CheckProducts<double>(rows, columns, inner, density);
        CheckProducts<float>(rows, columns, inner, density);
    }

    [Fact]
    public void Wrong_shapes_of_products_of_data_are_named()
    {
        var (sparse, dense) = (SparseMatrix<double>.FromCoordinates(3, 4, [(0, 1, 2.0)]), KernelData.Random<double>(4, 5, 1));
        using var workers = new Workers(1);
        var thrown = Assert.Throws<ArgumentException>(() => DenseLoop.Evaluate<SquareDerivative, double>(
            3, 4, [Operand.SparseTimesDense(sparse.Pattern, sparse.View, dense)], [], [], new(), workers));
        Assert.Contains("1 entries of 3×4", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DenseLoop.Evaluate<SquareDerivative, double>(
            3, 5, [Operand.DenseTimesSparse(sparse.Pattern, sparse.View, dense)], [], [], new(), workers));
    }

    [Fact]
    public void Wrong_shapes_of_sparse_operands_are_named()
    {
        using var workers = new Workers(1);
        var sparse = SparseMatrix<double>.FromCoordinates(3, 4, [(0, 1, 2.0)]);
        var thrown = Assert.Throws<ArgumentException>(() => DenseLoop.Evaluate<SquareDerivative, double>(
            4, 3, [Operand.Sparse(sparse.Pattern, sparse.View)], [], [], new(), workers));
        Assert.Contains("1 entries of 3×4", thrown.Message, StringComparison.Ordinal);
        var sums = new double[1];
        DenseLoop.Evaluate<SquareDerivative, double>(4, 3, [Operand.SparseTransposed(sparse.Pattern, sparse.View)], sums, [], new(), workers);
        Assert.Equal([4.0], sums);
    }

    private static SparseMatrix<TElement> RandomSparse<TElement>(int rows, int columns, double density, Random random)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => SparseMatrix<TElement>.FromCoordinates(
        rows, columns, [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) where random.NextDouble() < density select (i, j, TElement.CreateTruncating(random.NextDouble()))]);

    private static void CheckProducts<TElement>(int rows, int columns, int inner, double density)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(7);
        var (left, right) = (RandomSparse<TElement>(rows, inner, density, random), RandomSparse<TElement>(inner, columns, density, random));
        CheckPair(
            rows,
            columns,
            Operand.SparseTimesDense(left.Pattern, left.View, KernelData.Random<TElement>(inner, columns, 2)),
            Operand.DenseTimesSparse(right.Pattern, right.View, KernelData.Random<TElement>(rows, inner, 3)),
            KernelData.Tolerance<TElement>(inner + Math.Max(rows, columns)));
    }

    private static void CheckSparse<TElement>(int rows, int columns, double density)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(7);
        var (sparse, transposed) = (RandomSparse<TElement>(rows, columns, density, random), RandomSparse<TElement>(columns, rows, density, random));
        CheckPair(
            rows,
            columns,
            Operand.Sparse(sparse.Pattern, sparse.View),
            Operand.SparseTransposed(transposed.Pattern, transposed.View),
            KernelData.Tolerance<TElement>(Math.Max(rows, columns)));
    }

    /// <summary>Two operands that are read a row at a time, beside those of rows and columns.</summary>
    private static void CheckPair<TElement>(int rows, int columns, Operand<TElement> one, Operand<TElement> other, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Operand<TElement>[] inputs =
        [
            one,
            other,
            Operand.Row(KernelData.Random<TElement>(rows, 1, 4)),
            Operand.WideColumn<TElement>(KernelData.Random<double>(1, columns, 5)),
        ];
        LoopRuns.Check<TElement>(
            1,
            [(rows, 1), (rows, columns)],
            into => [LoopResult.RowSums(0, into[0]), LoopResult.Store(0, into[1])],
            (sums, results) => ReferenceLoop.Dense<BiasedSquare, TElement>(rows, columns, inputs, sums, results),
            (sums, results, scratch, workers) =>
                DenseLoop.Evaluate<BiasedSquare, TElement>(rows, columns, inputs, sums, results, scratch, workers),
            tolerance);
    }

    private static void CheckStreamed<TElement>(int rows, int columns, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (left, right) = (KernelData.Random<TElement>(rows, k, 1), KernelData.Random<TElement>(columns, k, 2));
        Operand<TElement>[] inputs =
        [
            Operand.Dot(left, right),
            Operand.Entry(KernelData.Random<TElement>(rows, columns, 3)),
            Operand.Row(KernelData.Random<TElement>(rows, 1, 4)),
            Operand.WideColumn<TElement>(KernelData.Random<double>(1, columns, 5)),
        ];
        LoopRuns.Check<TElement>(
            1,
            [(rows, k), (columns, k), (rows, 1), (1, columns), (rows, columns)],
            into =>
            [
                LoopResult.RowProduct(0, right, into[0]),
                LoopResult.ColumnProduct(0, left, into[1]),
                LoopResult.RowSums(0, into[2]),
                LoopResult.ColumnSums(0, into[3]),
                LoopResult.Store(0, into[4]),
            ],
            (sums, results) => ReferenceLoop.Dense<BiasedSquare, TElement>(rows, columns, inputs, sums, results),
            (sums, results, scratch, workers) =>
                DenseLoop.Evaluate<BiasedSquare, TElement>(rows, columns, inputs, sums, results, scratch, workers),
            KernelData.Tolerance<TElement>(k + Math.Max(rows, columns)) * k);
    }
}
