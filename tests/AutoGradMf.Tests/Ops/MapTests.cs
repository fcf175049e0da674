using AutoGradMf.Tests.Algebra;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Tests.Ops;

public class MapTests
{
    private static readonly Matrix<double> A = Tensors.Matrix<double>(4, 3, 1);
    private static readonly Matrix<double> B = Tensors.Matrix<double>(4, 3, 2);
    private static readonly SparseMatrix<double> R = Tensors.Sparse<double>(4, 3, 3);
    private static readonly ColumnVector<double> b = Tensors.Column<double>(4);
    private static readonly RowVector<double> d = Tensors.Row<double>(3);

    [Fact]
    public void A_lambda_of_one_element_is_taken_of_each()
    {
        Tensors.Equal((i, j) => A[i, j] < 0 ? 0 : 2 * A[i, j], 4, 3, Map(A, x => x < 0 ? 0 : 2 * x));
        Tensors.Equal(i => Math.Tan(b[i]), 4, Map(b, Math.Tan));
        Tensors.Equal(j => d[j] + 1, 3, Map(d, x => x + 1));
    }

    [Fact]
    public void Vectors_repeat_as_for_the_operators()
    {
        Tensors.Equal((i, j) => F(A[i, j], B[i, j]), 4, 3, Map(A, B, F));
        Tensors.Equal((i, j) => F(A[i, j], b[i]), 4, 3, Map(A, b, F));
        Tensors.Equal((i, j) => F(A[i, j], d[j]), 4, 3, Map(A, d, F));
        Tensors.Equal((i, j) => F(b[i], A[i, j]), 4, 3, Map(b, A, F));
        Tensors.Equal((i, j) => F(d[j], A[i, j]), 4, 3, Map(d, A, F));
        Tensors.Equal((i, j) => F(b[i], d[j]), 4, 3, Map(b, d, F));
        Tensors.Equal((i, j) => F(d[j], b[i]), 4, 3, Map(d, b, F));
        Tensors.Equal((i, j) => F(A[i, j], R[i, j]), 4, 3, Map(A, R, F));

        static double F(double x, double y) => (x * x) - (3 * y);
    }

    [Fact]
    public void Vectors_of_one_kind_give_a_vector()
    {
        Tensors.Equal(i => b[i] / (b[i] + 5), 4, Map(b, b + 5, (x, y) => x / y));
        Tensors.Equal(j => d[j] / (d[j] + 5), 3, Map(d, d + 5, (x, y) => x / y));
        Tensors.Equal(i => (b[i] * 2) + b[i], 4, Map(b, Ones(4), b, (x, y, z) => (x * (y + 1)) + z));
        Tensors.Equal(j => (d[j] * 2) + d[j], 3, Map(d, Ones(3).T, d, (x, y, z) => (x * (y + 1)) + z));
    }

    [Fact]
    public void Three_tensors_repeat_together()
    {
        Tensors.Equal((i, j) => (A[i, j] * b[i]) + d[j], 4, 3, Map(A, b, d, F));
        Tensors.Equal((i, j) => (b[i] * b[i]) + d[j], 4, 3, Map(b, b, d, F));
        Tensors.Equal((i, j) => (d[j] * d[j]) + b[i], 4, 3, Map(d, d, b, F));
        Tensors.Equal((i, j) => (b[i] * R[i, j]) + d[j], 4, 3, Map(b, R, d, F));

        static double F(double x, double y, double z) => (x * y) + z;
    }

    [Fact]
    public void A_sparse_first_argument_decides_what_is_looked_at()
    {
        Tensors.EqualStored(R.Contains, (i, j) => Math.Cos(R[i, j]), 4, 3, Map(R, Math.Cos));
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] - A[i, j], 4, 3, Map(R, A, (r, x) => r - x));
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] - b[i] - d[j], 4, 3, Map(R, b, d, (r, x, y) => r - x - y));

        var one = SparseMatrix<double>.FromCoordinates(1, 2, [(0, 0, 2.0)]);
        Assert.Equal(5, Sum(Map(one, new Matrix<double>(1, 2, [3, double.NaN]), (r, x) => r + x)));
    }

    [Fact]
    public void Floats_are_rounded_once()
    {
        var (U, V) = (Tensors.Matrix<float>(2, 3, 5), Tensors.Matrix<float>(2, 3, 6));

        Tensors.Equal((i, j) => (float)(((double)U[i, j] * V[i, j]) + 0.1), 2, 3, Map(U, V, (x, y) => (x * y) + 0.1));
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_named()
    {
        Func<object>[] wrong =
        [
            () => Map(A, Tensors.Matrix<double>(5, 3), (x, y) => x),
            () => Map(A, b, Tensors.Matrix<double>(5, 3), (x, y, z) => x),
            () => Map(R, Tensors.Matrix<double>(5, 3), (x, y) => x),
        ];
        foreach (var map in wrong)
        {
            var thrown = Assert.Throws<ArgumentException>(map);
            Assert.Contains("4×3 and 5×3", thrown.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => Map(b, Tensors.Column<double>(5), (x, y) => x));
    }
}
