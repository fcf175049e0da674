using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Tests.Objectives;

/// <summary>Rows that an index names for the lines of a pattern.</summary>
public class SamplePlaceTests
{
    private static readonly SparsePattern Pattern = SparseMatrix<double>.FromCoordinates(3, 2, [(0, 0, 1.0), (0, 1, 1), (2, 1, 1)]).Pattern;

    [Fact]
    public void Each_entry_reads_the_row_of_its_row() =>
        Assert.Equal([4, 4, 1], SamplePlace.RowsOf(Pattern, new(4, 0, 1), 5, entity: 2).Rows);

    [Fact]
    public void Each_entry_reads_the_row_of_its_column() =>
        Assert.Equal([3, 1, 1], SamplePlace.ColumnsOf(Pattern, new(3, 1), 5, entity: 2).Rows);

    [Fact]
    public void An_index_names_a_row_for_each_line()
    {
        Assert.Throws<ArgumentException>(() => SamplePlace.RowsOf(Pattern, new IndexVector(4, 0), 5, entity: 2));
        Assert.Throws<ArgumentException>(() => SamplePlace.ColumnsOf(Pattern, new IndexVector(4, 0, 1), 5, entity: 2));
    }

    [Fact]
    public void An_index_names_rows_that_are_there()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePlace.RowsOf(Pattern, new IndexVector(5, 0, 1), 5, entity: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplePlace.ColumnsOf(Pattern, new IndexVector(3, 5), 5, entity: 2));
    }

    [Fact]
    public void Rows_at_random_are_drawn_anew_for_the_lines()
    {
        var index = new IndexVector(new Anywhere(), seed: 1);
        var place = SamplePlace.RowsOf(Pattern, index, 1000, entity: 2);
        Assert.True(place.IsRandom);
        foreach (var round in (int[])[0, 7, 8])
        {
            var drawn = index.Redrawn(round);
            place = place.Redrawn(round);
            Assert.Equal([drawn[0], drawn[0], drawn[2]], place.Rows);
        }

        Assert.NotEqual(index[0], place.Rows[0]);
    }

    private sealed class Anywhere : IRandomRows
    {
        public int Length => 3;

        public void Draw(Span<int> rows, int seed)
        {
            var random = new Random(seed);
            foreach (ref var row in rows)
            {
                row = random.Next(1000);
            }
        }
    }
}
