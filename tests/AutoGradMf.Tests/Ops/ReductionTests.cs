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

    [Fact]
    public void Sums_of_a_sparse_matrix_run_over_stored_entries()
    {
        Tensors.Equal(i => Enumerable.Range(0, 3).Sum(j => R[i, j]), 4, RowSums(R));
        Tensors.Equal(j => Enumerable.Range(0, 4).Sum(i => R[i, j]), 3, ColumnSums(R));
    }

    [Fact]
    public void Sums_of_absolute_values_follow_their_formula()
    {
        Near(Sum(Abs(A)), Norm1(A));
        Near(Sum(Abs(R)), Norm1(R));
        Near(Sum(Abs(b)), Norm1(b));
        Near(Sum(Abs(d)), Norm1(d));
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void Norms_neither_overflow_nor_underflow_where_the_squares_do(double scale)
    {
        Assert.Equal(1, Norm(scale * A) / (scale * Norm(A)), 1e-14);
        Assert.Equal(1, Norm(scale * b) / (scale * Norm(b)), 1e-14);
        Assert.All((RowNorms(scale * A) / (scale * RowNorms(A))).Span.ToArray(), ratio => Assert.Equal(1, ratio, 1e-14));
    }

    [Fact]
    public void Norms_and_extremes_of_rows_follow_their_formulas()
    {
        Tensors.Equal(i => Math.Sqrt(RowDots(A, A)[i]), 4, RowNorms(A));
        Tensors.Equal(i => A.View.Row(i).ToArray().Max(), 4, RowMax(A));
        Tensors.Equal(i => A.View.Row(i).ToArray().Min(), 4, RowMin(A));
        Assert.Equal(double.NegativeInfinity, RowMax(new Matrix<double>(1, 0))[0]);
        Assert.Equal(double.PositiveInfinity, RowMin(new Matrix<double>(1, 0))[0]);
        Assert.Equal(double.NaN, RowMax(new Matrix<double>(1, 2, [double.NaN, 1]))[0]);
        Assert.Equal(double.NaN, RowMin(new Matrix<double>(1, 2, [1, double.NaN]))[0]);
    }

    [Fact]
    public void Sums_of_exponentials_do_not_overflow()
    {
        var logarithms = RowLogSumExp(A);
        for (var i = 0; i < 4; i++)
        {
            Near(Math.Log(A.View.Row(i).ToArray().Sum(Math.Exp)), logarithms[i]);
        }

        var far = new Matrix<double>(
            4, 2, [1e4, 1e4, -1e4, -1e4, double.NegativeInfinity, double.NegativeInfinity, 0, double.PositiveInfinity]);
        Assert.Equal(
            [1e4 + Math.Log(2), -1e4 + Math.Log(2), double.NegativeInfinity, double.PositiveInfinity], RowLogSumExp(far).Span.ToArray());
        Assert.Equal(double.NegativeInfinity, RowLogSumExp(new Matrix<double>(1, 0))[0]);
        Assert.Equal(double.NaN, RowLogSumExp(new Matrix<double>(1, 2, [0, double.NaN]))[0]);
    }

    [Fact]
    public void Diagonals_go_both_ways()
    {
        Tensors.Equal((i, j) => i == j ? b[i] : 0, 4, 4, Diag(b));
        Assert.Equal(b.Span.ToArray(), Diag(Diag(b)).Span.ToArray());
        Tensors.Equal((i, j) => i == j ? 1.0 : 0, 3, 3, Identity(3));
        Tensors.Equal((i, j) => i == j ? 1f : 0, 2, 2, Identity<float>(2));
        Assert.Equal([1.0, 1], Ones(2).Span.ToArray());
        Assert.Throws<ArgumentException>(() => Diag(A));
    }

    [Fact]
    public void Inverses_and_determinants_follow_their_formulas()
    {
        var S = new Matrix<double>(2, 2, [3, 1, 4, 2]);

        Assert.Equal([1, -0.5, -2, 1.5], Inverse(S).Span.ToArray().Select(x => Math.Round(x, 14)));
        Near(Math.Log(2), LogDet(S));
        Near(-Math.Log(2), LogDet(Inverse(S)));
        Assert.Equal(double.NaN, LogDet(new Matrix<double>(2, 2, [1, 3, 2, 4])));
        Assert.Equal([0.25f], Inverse(new Matrix<float>(1, 1, [4f])).Span.ToArray());
    }

    [Fact]
    public void What_has_no_inverse_is_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Inverse(new Matrix<double>(2, 2, [1, 2, 2, 4])));

        Assert.Contains("2×2 matrix is singular", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("4×3", Assert.Throws<ArgumentException>(() => Inverse(A)).Message, StringComparison.Ordinal);
        Assert.Contains("4×3", Assert.Throws<ArgumentException>(() => LogDet(A)).Message, StringComparison.Ordinal);
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-14);
}
