using AutoGradMf.Kernels;
using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>Where what a user likes stands in the list that a model makes for the user: what ranking metrics are means of.</summary>
/// <param name="Relevant">How many columns are to be found.</param>
/// <param name="Places">The places, counted from 0, of those that are in the list.</param>
internal readonly record struct Ranking(int Relevant, IReadOnlyList<int> Places);

/// <summary>The rankings of all users who have something to be found.</summary>
internal static class Rankings
{
    /// <summary>A chunk has so many rows at least, each of which takes a prediction for every column.</summary>
    private const int ChunkRows = 4;
    private const int MostChunks = 1 << 14;

    /// <summary>The mean of a function of the rankings of all rows that have relevant columns.</summary>
    public static double Mean(
        IRatingModel model, SparsePattern relevant, SparsePattern seen, int count, ParallelOptions? parallel, Func<Ranking, double> function)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(relevant);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequireShape(model, relevant, nameof(relevant));
        RequireShape(model, seen, nameof(seen));
        if (relevant.Count == 0)
        {
            throw new ArgumentException("There are no relevant columns, so there is no mean of their rankings.", nameof(relevant));
        }

        foreach (var (row, column, _) in SparsePattern.Intersect(relevant, seen).Entries)
        {
            throw new ArgumentException(
                $"Column {column} is both relevant for row {row} and seen by it, and what is seen is not ranked; split the ratings.", nameof(seen));
        }

        int[] rows = [.. Enumerable.Range(0, model.Rows).Where(row => !ColumnsOf(relevant, row).IsEmpty)];
        var chunks = Chunks.Count(rows.Length, ChunkRows, MostChunks);
        return ChunkSum.Of(chunks, parallel, Sum) / rows.Length;

        double Sum(int chunk) =>
            rows[Chunks.Start(rows.Length, chunk, chunks)..Chunks.Start(rows.Length, chunk + 1, chunks)].Sum(row => function(Rank(row)));

        Ranking Rank(int row)
        {
            var wanted = ColumnsOf(relevant, row).ToArray();
            var list = TopN.Recommend(model, row, count, ColumnsOf(seen, row));
            return new(wanted.Length, [.. Enumerable.Range(0, list.Count).Where(place => wanted.AsSpan().BinarySearch(list[place].Column) >= 0)]);
        }
    }

    private static ReadOnlySpan<int> ColumnsOf(SparsePattern pattern, int row) =>
        pattern.ColumnIndices[(int)pattern.RowPointers[row]..(int)pattern.RowPointers[row + 1]];

    private static void RequireShape(IRatingModel model, SparsePattern pattern, string name)
    {
        if (model.Rows != pattern.Rows || model.Columns != pattern.Columns)
        {
            throw new ArgumentException(
                $"The model ranks {model.Columns} columns for {model.Rows} rows, and the pattern is {pattern.Rows}×{pattern.Columns}.", name);
        }
    }
}
