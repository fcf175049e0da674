using AutoGradMf.Kernels;
using AutoGradMf.Tests.Algebra;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Tests.Ops;

public class ElementwiseFunctionTests
{
    [Fact]
    public void Simple_functions_are_those_of_the_runtime()
    {
        foreach (var x in (double[])[0, 1e-300, 0.3, 1, 2.5, 1e4, double.PositiveInfinity, double.NaN])
        {
            Assert.Equal(x * x, Square(x));
            Assert.Equal(x, Abs(-x));
            Assert.Equal(Math.Sqrt(x), Sqrt(x));
            Assert.Equal(Math.Exp(-x), Exp(-x));
            Assert.Equal(Math.Log(x), Log(x));
            Assert.Equal(1 / x, Reciprocal(x));
        }
    }

    [Theory]
    [InlineData(-3, -1)]
    [InlineData(-1e-300, -1)]
    [InlineData(0, 0)]
    [InlineData(5, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, double.NaN)]
    public void Sign_has_three_values(double x, double expected) => Assert.Equal(expected, Sign(x));

    [Fact]
    public void A_function_of_a_tensor_is_taken_of_each_element()
    {
        var (A, b, d) = (Tensors.Matrix<double>(3, 2), Tensors.Column<double>(3), Tensors.Row<double>(2));

        Tensors.Equal((i, j) => Tanh(A[i, j]), 3, 2, Tanh(A));
        Tensors.Equal(i => Softplus(b[i]), 3, Softplus(b));
        Tensors.Equal(j => Exp(d[j]), 2, Exp(d));
    }

    [Fact]
    public void A_function_of_floats_is_rounded_once()
    {
        var x = Tensors.Column<float>(20);

        Tensors.Equal(i => (float)Expm1((double)x[i]), 20, Expm1(x));
    }

    [Fact]
    public void Functions_that_keep_zero_keep_a_matrix_sparse()
    {
        var R = Tensors.Sparse<double>(4, 3);

        Sparse(Square, Square(R));
        Sparse(Abs, Abs(R));
        Sparse(Sign, Sign(R));
        Sparse(Tanh, Tanh(R));
        Sparse(Expm1, Expm1(R));
        Sparse(Sin, Sin(R));
        Sparse(Relu, Relu(R));
        Sparse(LogCosh, LogCosh(R));
        Sparse(x => Huber(x, 0.4), Huber(R, 0.4));
        Sparse(x => PseudoHuber(x, 0.4), PseudoHuber(R, 0.4));
        Sparse(x => Sqrt(x * x), Sqrt(R % R));
        Sparse(x => Log1p(x * x), Log1p(R % R));

        void Sparse(Func<double, double> f, SparseMatrix<double> result)
        {
            Assert.Equal(0, f(0));
            Tensors.EqualStored(R.Contains, (i, j) => f(R[i, j]), 4, 3, result);
        }
    }

    [Fact]
    public void Functions_that_do_not_keep_zero_give_a_dense_matrix()
    {
        var R = Tensors.Sparse<double>(4, 3);

        Dense(Exp, Exp(R));
        Dense(Log, Log(R));
        Dense(Sigmoid, Sigmoid(R));
        Dense(Softplus, Softplus(R));
        Dense(LogSigmoid, LogSigmoid(R));
        Dense(Reciprocal, Reciprocal(R));
        Dense(Cos, Cos(R));
        Dense(Cosh, Cosh(R));
        Dense(Acos, Acos(R));
        Dense(Log2, Log2(R));

        void Dense(Func<double, double> f, Matrix<double> result)
        {
            Assert.NotEqual(0, f(0));
            Tensors.Equal((i, j) => f(R[i, j]), 4, 3, result);
        }
    }

    [Fact]
    public void Functions_of_two_arguments_take_tensors_and_numbers()
    {
        var (A, B, b, d) = (Tensors.Matrix<double>(3, 2, 1), Tensors.Matrix<double>(3, 2, 2), Tensors.Column<double>(3), Tensors.Row<double>(2));

        Tensors.Equal((i, j) => Math.Max(A[i, j], B[i, j]), 3, 2, Max(A, B));
        Tensors.Equal((i, j) => Math.Min(A[i, j], 0.2), 3, 2, Min(A, 0.2));
        Tensors.Equal((i, j) => Math.Pow(2, A[i, j]), 3, 2, Pow(2, A));
        Tensors.Equal(i => Math.Max(0, b[i]), 3, Max(0, b));
        Tensors.Equal(j => Math.Pow(d[j], 2), 2, Pow(d, 2));
        Tensors.Equal(j => Math.Min(d[j], -d[j]), 2, Min(d, -d));
        Tensors.Equal((i, j) => Math.Clamp(A[i, j], -0.5, 0.5), 3, 2, Clamp(A, -0.5, 0.5));
        Tensors.Equal(i => Huber(b[i], 0.7), 3, Huber(b, 0.7));
        Tensors.Equal(j => PseudoHuber(d[j], 0.7), 2, PseudoHuber(d, 0.7));
        Assert.Same(A, StopGradient(A));
        Assert.Throws<ArgumentException>(() => Max(A, B.T));
        Assert.Throws<ArgumentException>(() => Max(b, Tensors.Column<double>(2)));
    }

    [Fact]
    public void Functions_of_two_sparse_matrices_look_at_the_entries_of_either()
    {
        var (R, Q) = (Tensors.Sparse<double>(4, 3, 3), Tensors.Sparse<double>(4, 3, 4));

        Tensors.EqualStored(Either, (i, j) => Math.Max(R[i, j], Q[i, j]), 4, 3, Max(R, Q));
        Tensors.EqualStored(Either, (i, j) => Math.Min(R[i, j], Q[i, j]), 4, 3, Min(R, Q));
        Tensors.Equal((i, j) => Math.Pow(R[i, j], Q[i, j]), 4, 3, Pow(R, Q));

        bool Either(int i, int j) => R.Contains(i, j) || Q.Contains(i, j);
    }

    [Fact]
    public void Functions_of_a_sparse_matrix_and_a_number_count_what_is_missing_as_zero()
    {
        var R = Tensors.Sparse<double>(4, 3);

        Tensors.Equal((i, j) => Math.Max(R[i, j], 0.3), 4, 3, Max(R, 0.3));
        Tensors.Equal((i, j) => Math.Min(-0.3, R[i, j]), 4, 3, Min(-0.3, R));
        Tensors.Equal((i, j) => Math.Pow(R[i, j], 2), 4, 3, Pow(R, 2));
        Tensors.Equal((i, j) => Math.Clamp(R[i, j], 0.1, 0.5), 4, 3, Clamp(R, 0.1, 0.5));
    }

    /// <summary>Each function of two arguments between all kinds of operands, and where neither is stored.</summary>
    [Fact]
    public void Functions_of_two_operands_of_different_kinds_repeat_vectors_and_count_what_is_missing_as_zero()
    {
        var (A, R, b, d) = (Tensors.Matrix<double>(4, 3), Tensors.Sparse<double>(4, 3), Tensors.Column<double>(4), Tensors.Row<double>(3));

        Are(Math.Max, Max(A, R), Max(R, A), Max(A, b), Max(b, A), Max(A, d), Max(d, A), Max(R, b), Max(b, R), Max(R, d), Max(d, R), Max(b, d), Max(d, b));
        Are(Math.Min, Min(A, R), Min(R, A), Min(A, b), Min(b, A), Min(A, d), Min(d, A), Min(R, b), Min(b, R), Min(R, d), Min(d, R), Min(b, d), Min(d, b));
        Are(Math.Pow, Pow(A, R), Pow(R, A), Pow(A, b), Pow(b, A), Pow(A, d), Pow(d, A), Pow(R, b), Pow(b, R), Pow(R, d), Pow(d, R), Pow(b, d), Pow(d, b));
        Are(Hypot, Hypot(A, R), Hypot(R, A), Hypot(A, b), Hypot(b, A), Hypot(A, d), Hypot(d, A), Hypot(R, b), Hypot(b, R), Hypot(R, d), Hypot(d, R), Hypot(b, d), Hypot(d, b));
        Are(Atan2, Atan2(A, R), Atan2(R, A), Atan2(A, b), Atan2(b, A), Atan2(A, d), Atan2(d, A), Atan2(R, b), Atan2(b, R), Atan2(R, d), Atan2(d, R), Atan2(b, d), Atan2(d, b));

        void Are(Func<double, double, double> f, params Matrix<double>[] results)
        {
            Func<int, int, double>[] operands = [(i, j) => A[i, j], (i, j) => R[i, j], (i, _) => b[i], (_, j) => d[j]];
            (int Left, int Right)[] pairs = [(0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0), (1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)];
            Assert.All(pairs.Zip(results), p => Tensors.Equal((i, j) => f(operands[p.First.Left](i, j), operands[p.First.Right](i, j)), 4, 3, p.Second));
        }
    }

    [Fact]
    public void Hypot_and_Atan2_are_zero_where_both_operands_are_and_stay_sparse_there()
    {
        var (A, R, Q, b) = (Tensors.Matrix<double>(4, 3), Tensors.Sparse<double>(4, 3, 3), Tensors.Sparse<double>(4, 3, 4), Tensors.Column<double>(4));

        Tensors.EqualStored(Either, (i, j) => Hypot(R[i, j], Q[i, j]), 4, 3, Hypot(R, Q));
        Tensors.EqualStored(Either, (i, j) => Atan2(R[i, j], Q[i, j]), 4, 3, Atan2(R, Q));
        Tensors.Equal((i, j) => Hypot(R[i, j], 0.3), 4, 3, Hypot(R, 0.3));
        Tensors.Equal((i, j) => Atan2(-0.3, R[i, j]), 4, 3, Atan2(-0.3, R));
        Tensors.Equal((i, j) => Atan2(R[i, j], -0.3), 4, 3, Atan2(R, -0.3));
        Tensors.Equal((i, j) => Hypot(2, A[i, j]), 4, 3, Hypot(2, A));
        Tensors.Equal(i => Atan2(b[i], 0.5), 4, Atan2(b, 0.5));

        bool Either(int i, int j) => R.Contains(i, j) || Q.Contains(i, j);
    }

    [Fact]
    public void Operands_that_do_not_fit_are_named_with_the_function()
    {
        var message = Assert.Throws<ArgumentException>(() => Max(Tensors.Matrix<double>(4, 3), Tensors.Column<double>(3))).Message;
        Assert.Contains("Max", message, StringComparison.Ordinal);
        Assert.Contains("rows differ: 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_a_dense_matrix_is_observed_where_the_pattern_says()
    {
        var R = SparseMatrix<double>.FromCoordinates(1, 3, [(0, 1, 4.0)]);
        var X = new Matrix<double>(1, 3, [-1, 2, 0]);

        Assert.Equal(Math.Log(2), Sum(Observed(R) % Log(X)));
    }

    [Theory]
    [InlineData(1e-10f)]
    [InlineData(-1e-3f)]
    [InlineData(0.4f)]
    [InlineData(-30f)]
    [InlineData(80f)]
    public void Lanes_of_float_keep_the_digits_of_float(float x)
    {
        ScalarLane<float> lane = x;

        Near(Sigmoid(x), (double)LaneMath.Sigmoid(lane));
        Near(Softplus(x), (double)LaneMath.Softplus(lane));
        Near(Expm1(x), (double)LaneMath.Expm1(lane));
        Near(Tanh(x), (double)LaneMath.Tanh(lane));
        Near(Log1p((double)Math.Abs(x)), (double)LaneMath.Log1p(ScalarLane<float>.Abs(lane)));

        static void Near(double expected, double actual) =>
            Assert.InRange(actual, expected - (5e-7 * Math.Abs(expected)), expected + (5e-7 * Math.Abs(expected)));
    }
}
