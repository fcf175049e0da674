using Xunit;

namespace AutoGradMf.Tests.Algebra;

public class ConversionTests
{
    [Fact]
    public void Views_copy_into_tensors()
    {
        var A = Tensors.Matrix<double>(3, 2);
        var copy = A.View.ToMatrix();
        copy[0, 0] = 100;

        Assert.NotEqual(100, A[0, 0]);
        Tensors.Equal((i, j) => i + j == 0 ? 100 : A[i, j], 3, 2, copy);
        Tensors.Equal(i => A.Span[i], 6, new MatrixView<double>(A.Span.ToArray(), 0, 6, 1).ToColumnVector());
        Tensors.Equal(j => A.Span[j], 6, new MatrixView<double>(A.Span.ToArray(), 0, 1, 6).ToRowVector());
    }

    [Fact]
    public void A_view_of_another_shape_is_not_a_vector()
    {
        var view = Tensors.Matrix<double>(3, 2).View;

        var column = Assert.Throws<InvalidOperationException>(() => view.ToColumnVector());
        var row = Assert.Throws<InvalidOperationException>(() => view.ToRowVector());

        Assert.Contains("3×2", column.Message, StringComparison.Ordinal);
        Assert.Contains("3×2", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Casting_converts_each_element()
    {
        var (A, b, d, R) = (Tensors.Matrix<double>(3, 2), Tensors.Column<double>(3), Tensors.Row<double>(2), Tensors.Sparse<double>(3, 2));

        Tensors.Equal((i, j) => (float)A[i, j], 3, 2, A.Cast<float>());
        Tensors.Equal(i => (float)b[i], 3, b.Cast<float>());
        Tensors.Equal(j => (float)d[j], 2, d.Cast<float>());
        Tensors.EqualStored(R.Contains, (i, j) => (float)R[i, j], 3, 2, R.Cast<float>());
        Assert.Same(R.Pattern, R.Cast<float>().Pattern);
    }

    [Fact]
    public void Casting_to_the_same_type_copies_nothing()
    {
        var (A, b, d, R) = (Tensors.Matrix<double>(3, 2), Tensors.Column<double>(3), Tensors.Row<double>(2), Tensors.Sparse<double>(3, 2));

        Assert.Same(A, A.Cast<double>());
        Assert.Same(b, b.Cast<double>());
        Assert.Same(d, d.Cast<double>());
        Assert.Same(R, R.Cast<double>());
    }
}
