namespace AutoGradMf.Samples.MovieLens.Steps;

/// <summary>
/// A block cut out of the ratings: small enough for a loss to be evaluated as it is written, every matrix of it formed, some
/// thousand times.
/// </summary>
internal static class RatingBlock
{
    /// <summary>At most <paramref name="users"/> users, drawn at random, and the <paramref name="movies"/> movies that most of them rated.</summary>
    public static SparseMatrix<double> Cut(SparseMatrix<double> ratings, int users, int movies, int seed)
    {
        var order = Enumerable.Range(0, ratings.Rows).ToArray();
        new Random(seed).Shuffle(order);
        var rows = order.Take(users).Order().ToArray();
        var columns = rows.SelectMany(row => ColumnsOf(ratings.Pattern, row))
            .CountBy(column => column)
            .OrderByDescending(counted => counted.Value).ThenBy(counted => counted.Key)
            .Take(movies).Select(counted => counted.Key).Order().ToArray();
        var entries =
            from i in Enumerable.Range(0, rows.Length)
            from j in Enumerable.Range(0, columns.Length)
            where ratings.Contains(rows[i], columns[j])
            select (i, j, ratings[rows[i], columns[j]]);
        return SparseMatrix<double>.FromCoordinates(rows.Length, columns.Length, entries.ToArray());
    }

    private static int[] ColumnsOf(SparsePattern pattern, int row) =>
        pattern.ColumnIndices[(int)pattern.RowPointers[row]..(int)pattern.RowPointers[row + 1]].ToArray();
}
