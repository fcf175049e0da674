using AutoGradMf.Tests.Algebra;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Tests.Ops;

public class ObservedTests
{
    // Row 1 and column 2 are empty; the zero at (0, 1) is observed.
    private static readonly SparseMatrix<double> R =
        SparseMatrix<double>.FromCoordinates(3, 4, [(0, 0, 2), (0, 1, 0), (2, 1, 5), (2, 3, 1)]);

    [Fact]
    public void Observed_is_one_at_stored_entries_zeros_too()
    {
        Tensors.EqualStored(R.Contains, (_, _) => 1.0, 3, 4, Observed(R));
        Assert.Same(R.Pattern, Observed(R).Pattern);
    }

    [Fact]
    public void Means_run_over_observed_entries_and_fall_back_to_the_global_mean()
    {
        Assert.Equal(2, ObservedMean(R));
        Assert.Equal([1, 2, 3.0], RowMeans(R).Span.ToArray());
        Assert.Equal([2, 2.5, 2, 1], ColumnMeans(R).Span.ToArray());
    }

    [Fact]
    public void Means_of_nothing_at_all_are_zero()
    {
        var nothing = SparseMatrix<double>.FromCoordinates(2, 3, []);

        Assert.Equal(0, ObservedMean(nothing));
        Assert.Equal([0.0, 0], RowMeans(nothing).Span.ToArray());
        Assert.Equal([0.0, 0, 0], ColumnMeans(nothing).Span.ToArray());
        Assert.Equal([0.0, 0, 0], ColumnMeans(new Matrix<double>(0, 3)).Span.ToArray());
    }

    [Fact]
    public void Means_of_a_dense_matrix_are_plain()
    {
        var A = new Matrix<double>(2, 3, [1, 2, 3, 5, 6, 10]);

        Assert.Equal([2.0, 7], RowMeans(A).Span.ToArray());
        Assert.Equal([3, 4, 6.5], ColumnMeans(A).Span.ToArray());
    }

    [Fact]
    public void Filling_keeps_what_is_observed()
    {
        var (b, d, F) = (Tensors.Column<double>(3), Tensors.Row<double>(4), Tensors.Matrix<double>(3, 4));

        Tensors.Equal((i, j) => R.Contains(i, j) ? R[i, j] : b[i], 3, 4, FillMissing(R, b));
        Tensors.Equal((i, j) => R.Contains(i, j) ? R[i, j] : d[j], 3, 4, FillMissing(R, d));
        Tensors.Equal((i, j) => R.Contains(i, j) ? R[i, j] : F[i, j], 3, 4, FillMissing(R, F));
        Tensors.Equal((i, j) => R.Contains(i, j) ? R[i, j] : 7, 3, 4, FillMissing(R, 7));
    }

    [Fact]
    public void Filling_agrees_with_its_definition()
    {
        var fill = ColumnMeans(R);

        var difference = FillMissing(R, fill) - (Observed(R) % (R - fill) + fill);

        Assert.All(difference.Span.ToArray(), x => Assert.Equal(0, x, 1e-15));
    }

    [Fact]
    public void The_masked_loss_sees_observed_entries_alone()
    {
        var (U, M) = (Tensors.Matrix<double>(3, 2, 1), Tensors.Matrix<double>(4, 2, 2));
        var expected = 0.0;
        foreach (var (i, j, _) in R.Pattern.Entries)
        {
            var error = (U[i, 0] * M[j, 0]) + (U[i, 1] * M[j, 1]) - R[i, j];
            expected += error * error;
        }

        Assert.Equal(expected, Sum(Observed(R) % Square(U * M.T - R)), 1e-14);
    }
}
