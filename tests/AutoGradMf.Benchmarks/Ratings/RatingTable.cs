using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace AutoGradMf.Benchmarks.Ratings;

/// <summary>What the synthetic ratings are like, and where they are kept.</summary>
internal static class RatingTable
{
    public static void Write(IAnsiConsole console)
    {
        foreach (var size in RatingSize.All)
        {
            var isCached = File.Exists(RatingCache.PathOf(size));
            var start = Stopwatch.GetTimestamp();
            var ratings = RatingCache.Get(size);
            var elapsed = Stopwatch.GetElapsedTime(start);
            var (rows, columns) = (Counts(ratings.Pattern.RowPointers), Counts(ratings.Pattern.ColumnPointers));
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{size.Name}: {ratings.Rows} × {ratings.Columns}, {ratings.Count} ratings, {(isCached ? "opened" : "generated")} in {elapsed.TotalSeconds:0.00} s; "
                + $"users have {rows[0]} to {rows[^1]}, half of them at most {rows[rows.Length / 2]}; "
                + $"movies have {columns[0]} to {columns[^1]}, half of them at most {columns[columns.Length / 2]}; {RatingCache.PathOf(size)}"));
        }
    }

    /// <summary>The numbers of entries, ascending.</summary>
    private static long[] Counts(ReadOnlySpan<long> pointers)
    {
        var counts = new long[pointers.Length - 1];
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = pointers[row + 1] - pointers[row];
        }

        Array.Sort(counts);
        return counts;
    }
}
