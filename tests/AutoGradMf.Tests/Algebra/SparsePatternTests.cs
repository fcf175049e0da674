using Xunit;

namespace AutoGradMf.Tests.Algebra;

public class SparsePatternTests
{
    private static readonly SparseMatrix<double> R = Tensors.Sparse<double>(5, 4, 1);
    private static readonly SparseMatrix<double> Q = Tensors.Sparse<double>(5, 4, 2);

    [Fact]
    public void Patterns_are_the_same_by_size_and_entries()
    {
        var copy = new SparsePattern(5, 4, R.Pattern.RowPointers.ToArray(), R.Pattern.ColumnIndices.ToArray());
        var wider = new SparsePattern(5, 6, R.Pattern.RowPointers.ToArray(), R.Pattern.ColumnIndices.ToArray());

        Assert.True(R.Pattern.SameAs(R.Pattern));
        Assert.True(R.Pattern.SameAs(copy));
        Assert.False(R.Pattern.SameAs(wider));
        Assert.False(R.Pattern.SameAs(Q.Pattern));
    }

    [Fact]
    public void Intersection_and_union_hold_the_entries_of_both_and_of_either()
    {
        var both = SparsePattern.Intersect(R.Pattern, Q.Pattern);
        var either = SparsePattern.Union(R.Pattern, Q.Pattern);

        Assert.InRange(both.Count, 1, either.Count - 1);
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                Assert.Equal(R.Contains(i, j) && Q.Contains(i, j), both.IndexOf(i, j) >= 0);
                Assert.Equal(R.Contains(i, j) || Q.Contains(i, j), either.IndexOf(i, j) >= 0);
            }
        }
    }

    [Fact]
    public void Entries_run_in_row_order()
    {
        var values = new double[R.Count];
        foreach (var (i, j, entry) in R.Pattern.Entries)
        {
            values[entry] = R[i, j];
        }

        Assert.Equal(R.Values.ToArray(), values);
        Assert.Equal(Enumerable.Range(0, R.Count), R.Pattern.Entries.Select(e => e.Entry));
    }

    [Fact]
    public void A_matrix_aligns_to_a_part_of_its_pattern()
    {
        var both = SparsePattern.Intersect(R.Pattern, Q.Pattern);

        var aligned = R.AlignedTo(both);

        Assert.Same(both, aligned.Pattern);
        Tensors.EqualStored((i, j) => both.IndexOf(i, j) >= 0, (i, j) => R[i, j], 5, 4, aligned);
        Assert.Same(R, R.AlignedTo(R.Pattern));
    }

    [Fact]
    public void Aligning_to_an_entry_that_is_not_stored_is_refused()
    {
        var one = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 1, 1.0)]);
        var other = SparseMatrix<double>.FromCoordinates(2, 2, [(1, 0, 1.0)]);

        var refusal = Assert.Throws<ArgumentException>(() => one.AlignedTo(other.Pattern));

        Assert.Contains("Entry (1, 0)", refusal.Message, StringComparison.Ordinal);
    }
}
