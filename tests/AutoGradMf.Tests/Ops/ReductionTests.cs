using AutoGradMf.Tests.Algebra;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Tests.Ops;

public class ReductionTests
{
    private static readonly Matrix<double> A = Tensors.Matrix<double>(4, 3, 1);
    private static readonly Matrix<double> B = Tensors.Matrix<double>(4, 3, 2);
    private static readonly SparseMatrix<double> R = Tensors.Sparse<double>(4, 3, 3);
    private static readonly SparseMatrix<double> Q = Tensors.Sparse<double>(4, 3, 4);
    private static readonly ColumnVector<double> b = Tensors.Column<double>(4);
    private static readonly RowVector<double> d = Tensors.Row<double>(3);

    [Fact]
    public void Sums_and_means_run_over_all_elements()
    {
        Assert.Equal(A.Span.ToArray().Sum(), Sum(A));
        Assert.Equal(R.Values.ToArray().Sum(), Sum(R));
        Assert.Equal(b.Span.ToArray().Sum(), Sum(b));
        Assert.Equal(d.Span.ToArray().Sum(), Sum(d));
        Assert.Equal(Sum(A) / 12, Mean(A));
        Assert.Equal(Sum(R) / 12, Mean(R));
        Assert.Equal(Sum(b) / 4, Mean(b));
        Assert.Equal(Sum(d) / 3, Mean(d));
    }

    [Fact]
    public void Sums_of_floats_are_taken_in_double()
    {
        var ones = new ColumnVector<float>([1e8f, .. Enumerable.Repeat(1f, 1000)]);
        var roots = new RowVector<float>([1e4f, .. Enumerable.Repeat(1f, 1000)]);

        Assert.Equal(1e8 + 1000, Sum(ones));
        Assert.Equal(1e8 + 1000, Dot(roots, roots));
    }

    [Fact]
    public void Nothing_sums_to_zero_and_has_the_mean_zero()
    {
        Assert.Equal(0, Sum(new Matrix<double>(0, 3)));
        Assert.Equal(0, Mean(new Matrix<double>(0, 3)));
        Assert.Equal(0, Mean(SparseMatrix<double>.FromCoordinates(0, 0, [])));
        Assert.Equal(0, Mean(ColumnVector<double>.Zeros(0)));
        Assert.Equal(0, Mean(RowVector<double>.Zeros(0)));
    }

    [Fact]
    public void Dot_products_are_sums_of_elementwise_products()
    {
        Near(Sum(A % B), Dot(A, B));
        Near(Sum(b % b), Dot(b, b));
        Near(Sum(d % d), Dot(d, d));
        Near(Sum(R % Q), Dot(R, Q));
        Near(Sum(R % A), Dot(R, A));
        Near(Sum(A % R), Dot(A, R));
    }

    [Fact]
    public void Dot_products_with_a_sparse_matrix_look_at_stored_entries_alone()
    {
        var one = SparseMatrix<double>.FromCoordinates(1, 2, [(0, 0, 2.0)]);
        var nan = new Matrix<double>(1, 2, [3, double.NaN]);

        Assert.Equal(6, Dot(one, nan));
        Assert.Equal(6, Dot(nan, one));
    }

    [Fact]
    public void Row_and_column_sums_follow_their_formulas()
    {
        Tensors.Equal(i => Enumerable.Range(0, 3).Sum(j => A[i, j]), 4, RowSums(A));
        Tensors.Equal(j => Enumerable.Range(0, 4).Sum(i => A[i, j]), 3, ColumnSums(A));
        Tensors.Equal(i => Enumerable.Range(0, 3).Sum(j => A[i, j] * B[i, j]), 4, RowDots(A, B));
    }

    [Fact]
    public void Trace_and_norms_follow_their_formulas()
    {
        Near(Dot(A, B), Trace(A.T * B));
        Near(Math.Sqrt(Sum(Square(A))), Norm(A));
        Near(Math.Sqrt(Sum(Square(R))), Norm(R));
        Near(Math.Sqrt(Sum(Square(b))), Norm(b));
        Near(Math.Sqrt(Sum(Square(d))), Norm(d));
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-14);
}
