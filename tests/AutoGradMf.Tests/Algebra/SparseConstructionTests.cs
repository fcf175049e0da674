using Xunit;

namespace AutoGradMf.Tests.Algebra;

public class SparseConstructionTests
{
    private static readonly (int, int, double)[] Unsorted = [(2, 1, 5), (0, 3, 1), (2, 0, 4), (0, 0, 0), (1, 2, 3)];
    private static readonly (int, int, double)[] Repeated = [(1, 1, 2), (0, 0, 7), (1, 1, 4), (1, 1, 9)];

    [Fact]
    public void Entries_may_come_in_any_order()
    {
        var matrix = SparseMatrix<double>.FromCoordinates(3, 4, Unsorted);

        Assert.Equal([0L, 2, 3, 5], matrix.Pattern.RowPointers.ToArray());
        Assert.Equal([0, 3, 2, 0, 1], matrix.Pattern.ColumnIndices.ToArray());
        Assert.Equal([0.0, 1, 3, 4, 5], matrix.Values.ToArray());
    }

    [Fact]
    public void Three_spans_give_the_same_matrix()
    {
        var matrix = SparseMatrix<double>.FromCoordinates(3, 4, [2, 0, 2, 0, 1], [1, 3, 0, 0, 2], [5.0, 1, 4, 0, 3]);

        Assert.True(matrix.Pattern.SameAs(SparseMatrix<double>.FromCoordinates(3, 4, Unsorted).Pattern));
        Assert.Equal([0.0, 1, 3, 4, 5], matrix.Values.ToArray());
    }

    [Fact]
    public void Three_spans_of_different_lengths_are_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => SparseMatrix<double>.FromCoordinates(3, 4, [2, 0], [1], [5.0, 1]));

        Assert.Contains("2 rows, 1 columns and 2 values", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_and_dense_form_read_zero_where_nothing_is_stored()
    {
        var matrix = SparseMatrix<double>.FromCoordinates(3, 4, Unsorted);

        Tensors.Equal((i, j) => Unsorted.SingleOrDefault(e => e.Item1 == i && e.Item2 == j).Item3, 3, 4, matrix.ToDense());
        Tensors.Equal((i, j) => matrix[i, j], 3, 4, matrix.ToDense());
        Assert.True(matrix.Contains(0, 0));
        Assert.False(matrix.Contains(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Contains(0, -1));
    }

    [Fact]
    public void A_duplicate_is_refused_by_its_coordinates()
    {
        var refusal = Assert.Throws<ArgumentException>(() => SparseMatrix<double>.FromCoordinates(2, 2, Repeated));

        Assert.StartsWith(
            "Entry (1, 1) is given 3 times, first as entries number 0 and 2. Give it once, or pass a DuplicatePolicy",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DuplicatePolicy.KeepFirst, 2)]
    [InlineData(DuplicatePolicy.KeepLast, 9)]
    [InlineData(DuplicatePolicy.Sum, 15)]
    [InlineData(DuplicatePolicy.Mean, 5)]
    public void A_policy_combines_duplicates(DuplicatePolicy policy, double expected)
    {
        var matrix = SparseMatrix<double>.FromCoordinates(2, 2, Repeated, policy);

        Assert.Equal([7, expected], matrix.Values.ToArray());
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void An_entry_outside_is_refused_by_its_number(int row, int column)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => SparseMatrix<double>.FromCoordinates(2, 3, [(0, 0, 1.0), (row, column, 2.0)]));

        Assert.Contains($"Entry number 1 is at ({row}, {column}), outside the 2×3 matrix", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    public void A_matrix_may_be_empty(int rows, int columns)
    {
        var matrix = SparseMatrix<double>.FromCoordinates(rows, columns, []);

        Assert.Equal((rows, columns, 0), (matrix.Rows, matrix.Columns, matrix.Count));
    }
}
