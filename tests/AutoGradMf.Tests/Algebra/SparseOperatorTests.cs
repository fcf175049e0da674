using System.Numerics;
using Xunit;

namespace AutoGradMf.Tests.Algebra;

public class SparseOperatorTests
{
    public static TheoryData<int, int> Sizes => Tensors.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Operators_with_dense_operands_follow_their_formulas(int rows, int columns)
    {
        DenseFormulas<double>(rows, columns);
        DenseFormulas<float>(rows, columns);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Operators_with_sparse_operands_follow_their_formulas(int m, int n)
    {
        var (R, Q) = (Tensors.Sparse<double>(m, n, 4), Tensors.Sparse<double>(m, n, 5));

        Tensors.EqualStored((i, j) => R.Contains(i, j) || Q.Contains(i, j), (i, j) => R[i, j] + Q[i, j], m, n, R + Q);
        Tensors.EqualStored((i, j) => R.Contains(i, j) || Q.Contains(i, j), (i, j) => R[i, j] - Q[i, j], m, n, R - Q);
        Tensors.EqualStored((i, j) => R.Contains(i, j) && Q.Contains(i, j), (i, j) => R[i, j] * Q[i, j], m, n, R % Q);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] / Q[i, j], m, n, R / Q);
        Tensors.EqualStored(R.Contains, (i, j) => -R[i, j], m, n, -R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] * 0.3, m, n, R * 0.3);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] * 0.3, m, n, 0.3 * R);
        Tensors.EqualStored((j, i) => R.Contains(i, j), (j, i) => R[i, j], n, m, R.T);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_equal_those_of_the_dense_matrix(int m, int n)
    {
        var R = Tensors.Sparse<double>(m, n);
        var (left, right) = (Tensors.Matrix<double>(2, m), Tensors.Matrix<double>(n, 2));
        var (row, column) = (Tensors.Row<double>(m), Tensors.Column<double>(n));
        var dense = R.ToDense();

        Tensors.Equal((i, j) => (dense * right)[i, j], m, 2, R * right);
        Tensors.Equal((i, j) => (left * dense)[i, j], 2, n, left * R);
        Tensors.Equal(i => (dense * column)[i], m, R * column);
        Tensors.Equal(j => (row * dense)[j], n, row * R);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_of_sparse_matrices_are_sparse_and_equal_those_of_the_dense_ones(int m, int n)
    {
        SparseProducts<double>(m, n);
        SparseProducts<float>(m, n);
    }

    [Fact]
    public void A_sum_that_is_zero_is_stored_in_a_product_of_sparse_matrices()
    {
        var left = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 1.0), (0, 1, -1.0)]);
        var right = SparseMatrix<double>.FromCoordinates(2, 3, [(0, 2, 3.0), (1, 2, 3.0), (1, 0, 0.5)]);
        var product = left * right;
        Assert.Equal([0L, 2, 2], product.Pattern.RowPointers.ToArray());
        Assert.Equal([0, 2], product.Pattern.ColumnIndices.ToArray());
        Assert.Equal([-0.5, 0], product.Values.ToArray());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_stored_annihilates_even_what_is_not_finite(double poison)
    {
        var R = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 2.0)]);
        var other = new Matrix<double>(2, 2, [3, poison, poison, poison]);
        var poisonedColumn = new ColumnVector<double>(3, poison);
        var poisonedRow = new RowVector<double>(3, poison);

        SparseMatrix<double>[] products =
            [R % other, other % R, R % poisonedColumn, poisonedColumn % R, R % poisonedRow, poisonedRow % R];

        Assert.All(products, product => Assert.Equal([6.0], product.Values.ToArray()));

        Assert.Equal([2.0 / 3], (R / other).Values.ToArray());
        Assert.Equal([6.0, 0], (R * poisonedColumn).Span.ToArray());
        Assert.Equal([6.0, 0], (poisonedRow * R).Span.ToArray());
    }

    [Fact]
    public void A_stored_zero_is_observed_and_stays_stored()
    {
        var R = SparseMatrix<double>.FromCoordinates(1, 3, [(0, 1, 0.0), (0, 2, 5.0)]);
        var nan = new RowVector<double>(double.NaN, double.NaN, 1);

        var product = R % nan;
        var difference = R - R;

        Assert.True(double.IsNaN(product[0, 1]));
        Assert.Equal(2, difference.Count);
        Assert.Equal([0.0, 0.0], (R * 0).Values.ToArray());
    }

    [Fact]
    public void Operators_keep_the_pattern_itself_where_it_does_not_change()
    {
        var R = Tensors.Sparse<double>(4, 3);
        var samePattern = new SparsePattern(4, 3, R.Pattern.RowPointers.ToArray(), R.Pattern.ColumnIndices.ToArray());
        var same = new SparseMatrix<double>(samePattern, R.Values.ToArray());

        Assert.Same(R.Pattern, (R % Tensors.Matrix<double>(4, 3)).Pattern);
        Assert.Same(R.Pattern, (R + same).Pattern);
        Assert.Same(R.Pattern, (R % same).Pattern);
    }

    private static void DenseFormulas<TElement>(int m, int n)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var R = Tensors.Sparse<TElement>(m, n);
        var A = Tensors.Matrix<TElement>(m, n);
        var (b, d, s) = (Tensors.Column<TElement>(m), Tensors.Row<TElement>(n), TElement.CreateChecked(0.3));

        Tensors.Equal((i, j) => R[i, j] + A[i, j], m, n, R + A);
        Tensors.Equal((i, j) => A[i, j] + R[i, j], m, n, A + R);
        Tensors.Equal((i, j) => R[i, j] - A[i, j], m, n, R - A);
        Tensors.Equal((i, j) => A[i, j] - R[i, j], m, n, A - R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] * A[i, j], m, n, R % A);
        Tensors.EqualStored(R.Contains, (i, j) => A[i, j] * R[i, j], m, n, A % R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] / A[i, j], m, n, R / A);
        Tensors.Equal((i, j) => A[i, j] / R[i, j], m, n, A / R);

        Tensors.Equal((i, j) => R[i, j] + b[i], m, n, R + b);
        Tensors.Equal((i, j) => b[i] + R[i, j], m, n, b + R);
        Tensors.Equal((i, j) => R[i, j] - b[i], m, n, R - b);
        Tensors.Equal((i, j) => b[i] - R[i, j], m, n, b - R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] * b[i], m, n, R % b);
        Tensors.EqualStored(R.Contains, (i, j) => b[i] * R[i, j], m, n, b % R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] / b[i], m, n, R / b);
        Tensors.Equal((i, j) => b[i] / R[i, j], m, n, b / R);

        Tensors.Equal((i, j) => R[i, j] + d[j], m, n, R + d);
        Tensors.Equal((i, j) => d[j] + R[i, j], m, n, d + R);
        Tensors.Equal((i, j) => R[i, j] - d[j], m, n, R - d);
        Tensors.Equal((i, j) => d[j] - R[i, j], m, n, d - R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] * d[j], m, n, R % d);
        Tensors.EqualStored(R.Contains, (i, j) => d[j] * R[i, j], m, n, d % R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] / d[j], m, n, R / d);
        Tensors.Equal((i, j) => d[j] / R[i, j], m, n, d / R);

        Tensors.Equal((i, j) => R[i, j] + s, m, n, R + 0.3);
        Tensors.Equal((i, j) => s + R[i, j], m, n, 0.3 + R);
        Tensors.Equal((i, j) => R[i, j] - s, m, n, R - 0.3);
        Tensors.Equal((i, j) => s - R[i, j], m, n, 0.3 - R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] * s, m, n, R % 0.3);
        Tensors.EqualStored(R.Contains, (i, j) => s * R[i, j], m, n, 0.3 % R);
        Tensors.EqualStored(R.Contains, (i, j) => R[i, j] / s, m, n, R / 0.3);
        Tensors.Equal((i, j) => s / R[i, j], m, n, 0.3 / R);
    }

    private static void SparseProducts<T>(int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (R, Q) = (Tensors.Sparse<T>(m, n, 4), Tensors.Sparse<T>(n, m, 5));
        var dense = R.ToDense() * Q.ToDense();
        Tensors.EqualStored(
            (i, j) => Enumerable.Range(0, n).Any(k => R.Contains(i, k) && Q.Contains(k, j)), (i, j) => dense[i, j], m, m, R * Q);
    }
}
