using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class SmallMatrixTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    public void A_matrix_times_its_inverse_is_the_identity(int k)
    {
        var matrix = KernelData.Random<double>(k, k, 3);
        var inverse = KernelData.Unwritten<double>(k, k);

        SmallMatrix.Inverse(matrix, inverse);

        var product = matrix.ToMatrix() * inverse.ToMatrix();
        var scale = LossMath.Norm(matrix.ToMatrix()) * LossMath.Norm(inverse.ToMatrix());
        Assert.True(LossMath.Norm(product - LossMath.Identity(k)) <= 4e-16 * scale);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(31)]
    public void A_determinant_is_that_of_MathNet(int k)
    {
        foreach (var seed in Enumerable.Range(1, 6))
        {
            var matrix = KernelData.Random<double>(k, k, seed);
            var determinant = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(k, k, matrix.Span.ToArray()).Determinant();

            Assert.Equal(Math.Log(determinant), SmallMatrix.LogDeterminant(matrix), 1e-12);
        }
    }

    [Fact]
    public void A_determinant_does_not_overflow()
    {
        var large = LossMath.Diag(new ColumnVector<double>(1e200, 1e200, 1e-300, 1e300));

        Assert.Equal(400 * Math.Log(10), SmallMatrix.LogDeterminant(large.View), 1e-12);
        Assert.Equal(0, SmallMatrix.LogDeterminant(new Matrix<double>(0, 0).View));
    }

    [Fact]
    public void Pivots_are_exchanged_for_larger_ones()
    {
        // Without exchange 1e−20 would be the pivot, and all digits of the rest lost.
        var matrix = new Matrix<double>(2, 2, [1e-20, 1, 1, 1]);
        var inverse = new Matrix<double>(2, 2);

        SmallMatrix.Inverse(matrix.View, inverse.View);

        Assert.Equal([-1.0, 1, 1, -1e-20], inverse.Span.ToArray());
        Assert.Equal(double.NaN, SmallMatrix.LogDeterminant(matrix.View));
        Assert.Equal(0, SmallMatrix.LogDeterminant(new Matrix<double>(3, 3, [0, 1, 0, 0, 0, 1, 1, 0, 0]).View));
    }

    [Fact]
    public void Singular_matrices_show_as_NaN()
    {
        double[][] singular = [[0, 0, 0, 0], [1, 2, 2, 4], [double.NaN, 1, 1, 1], [1, 0, 5, 0]];
        foreach (var values in singular)
        {
            var matrix = new MatrixView<double>(values, 0, 2, 2);
            var inverse = KernelData.Random<double>(2, 2, 1);

            SmallMatrix.Inverse(matrix, inverse);

            Assert.All(inverse.Span.ToArray(), element => Assert.Equal(double.NaN, element));
            Assert.Equal(double.NaN, SmallMatrix.LogDeterminant(matrix));
        }
    }

    [Fact]
    public void An_inverse_may_overwrite_its_matrix()
    {
        var matrix = KernelData.Random<double>(9, 9, 2);
        var inverse = KernelData.Unwritten<double>(9, 9);
        SmallMatrix.Inverse(matrix, inverse);

        SmallMatrix.Inverse(matrix, matrix);

        Assert.Equal(inverse.Span.ToArray(), matrix.Span.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public void One_factorization_gives_both_bit_for_bit(int k)
    {
        var matrix = KernelData.Random<double>(k, k, 4);
        var (apart, together) = (KernelData.Unwritten<double>(k, k), KernelData.Unwritten<double>(k, k));
        SmallMatrix.Inverse(matrix, apart);
        var expected = SmallMatrix.LogDeterminant(matrix);

        Assert.Equal(expected, SmallMatrix.InverseAndLogDeterminant(matrix, together));
        Assert.Equal(apart.Span.ToArray(), together.Span.ToArray());
        Assert.Equal(expected, SmallMatrix.InverseAndLogDeterminant(matrix, matrix));
        Assert.Equal(apart.Span.ToArray(), matrix.Span.ToArray());
    }

    [Fact]
    public void A_diagonal_is_copied()
    {
        var square = KernelData.Random<float>(5, 5, 2);
        var into = KernelData.Unwritten<float>(1, 5);

        ThinProduct.Diagonal(square, into);

        Assert.Equal(Enumerable.Range(0, 5).Select(i => square[i, i]), into.Span.ToArray());
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        var (thin, square) = (KernelData.Random<double>(4, 3, 1), KernelData.Random<double>(3, 3, 1));
        Action[] wrong =
        [
            () => SmallMatrix.Inverse(thin, thin),
            () => SmallMatrix.Inverse(square, thin),
            () => SmallMatrix.LogDeterminant(thin),
            () => SmallMatrix.InverseAndLogDeterminant(square, thin),
            () => ThinProduct.Diagonal(thin, square),
            () => ThinProduct.Diagonal(square, thin),
        ];
        foreach (var call in wrong)
        {
            Assert.Contains("4×3", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
        }
    }
}
