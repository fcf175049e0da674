namespace AutoGradMf.Data;

/// <summary>
/// Ratings as a loss takes them: a sparse matrix of m users × n movies, those that occur in a rating, with the maps from raw ids
/// to its rows and columns and the movies' titles. Immutable.
/// </summary>
public sealed class RatingSet
{
    private readonly Dictionary<int, string> _titles;

    private RatingSet(SparseMatrix<double> matrix, SparseMatrix<double> times, IdMap users, IdMap movies, Dictionary<int, string> titles)
    {
        Matrix = matrix;
        Times = times;
        Users = users;
        Movies = movies;
        _titles = titles;
    }

    /// <summary>The ratings, m users × n movies.</summary>
    public SparseMatrix<double> Matrix { get; }

    /// <summary>When each rating of <see cref="Matrix"/> was given, the last of several, in seconds since 1970-01-01 UTC.</summary>
    public SparseMatrix<double> Times { get; }

    /// <summary>Raw user ids and the rows of <see cref="Matrix"/>.</summary>
    public IdMap Users { get; }

    /// <summary>Raw movie ids and the columns of <see cref="Matrix"/>.</summary>
    public IdMap Movies { get; }

    /// <summary>The set of <paramref name="ratings"/>. O(r log r) for r ratings.</summary>
    /// <param name="ratings">In any order.</param>
    /// <param name="movies">Where titles come from; movies without a rating are passed over.</param>
    /// <param name="duplicates">What becomes of several ratings of a movie by a user.</param>
    /// <exception cref="ArgumentException">A user rates a movie twice, and no policy says what to do.</exception>
    public static RatingSet From(
        IReadOnlyList<Rating> ratings, IEnumerable<Movie> movies, DuplicatePolicy duplicates = DuplicatePolicy.Throw)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(movies);
        var rows = new IdMap(ratings.Select(r => r.UserId));
        var columns = new IdMap(ratings.Select(r => r.MovieId));
        var entries = ratings.Select(r => (rows.IndexOf(r.UserId), columns.IndexOf(r.MovieId), r.Value)).ToArray();
        var matrix = SparseMatrix<double>.FromCoordinates(rows.Count, columns.Count, entries, duplicates);
        var titles = new Dictionary<int, string>();
        foreach (var movie in movies)
        {
            if (columns.TryGetIndex(movie.Id, out _))
            {
                titles[movie.Id] = movie.Title;
            }
        }

        return new RatingSet(matrix, TimesOf(ratings, matrix.Pattern, rows, columns), rows, columns, titles);
    }

    /// <summary>The title of the movie in column <paramref name="column"/>, or its raw id where no title is known.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public string TitleOf(int column) => _titles.GetValueOrDefault(Movies[column]) ?? $"movie {Movies[column]}";

    private static SparseMatrix<double> TimesOf(IReadOnlyList<Rating> ratings, SparsePattern pattern, IdMap rows, IdMap columns)
    {
        var times = new double[pattern.Count];
        times.AsSpan().Fill(double.NegativeInfinity);
        foreach (var rating in ratings)
        {
            ref var time = ref times[pattern.IndexOf(rows.IndexOf(rating.UserId), columns.IndexOf(rating.MovieId))];
            time = Math.Max(time, rating.Timestamp);
        }

        return new(pattern, times);
    }
}
