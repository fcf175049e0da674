namespace AutoGradMf.Data;

/// <summary>
/// Ratings as a loss takes them: a sparse matrix of m users × n movies, those that occur in a rating, with the maps from raw ids
/// to its rows and columns and the movies' titles. Immutable.
/// </summary>
public sealed class RatingSet
{
    private readonly Dictionary<int, string> _titles;

    private RatingSet(SparseMatrix<double> matrix, IdMap users, IdMap movies, Dictionary<int, string> titles)
    {
        Matrix = matrix;
        Users = users;
        Movies = movies;
        _titles = titles;
    }

    /// <summary>The ratings, m users × n movies.</summary>
    public SparseMatrix<double> Matrix { get; }

    /// <summary>Raw user ids and the rows of <see cref="Matrix"/>.</summary>
    public IdMap Users { get; }

    /// <summary>Raw movie ids and the columns of <see cref="Matrix"/>.</summary>
    public IdMap Movies { get; }

    /// <summary>The set of <paramref name="ratings"/>. O(r log r) for r ratings.</summary>
    /// <param name="ratings">In any order, each user and movie paired at most once.</param>
    /// <param name="movies">Where titles come from; movies without a rating are passed over.</param>
    /// <exception cref="ArgumentException">A user rates a movie twice.</exception>
    public static RatingSet From(IReadOnlyList<Rating> ratings, IEnumerable<Movie> movies)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(movies);
        return From(ratings, movies, (first, second) => new ArgumentException(
            $"A user rates a movie once, and ratings {first} and {second} are both of movie {ratings[first].MovieId} by user {ratings[first].UserId}.",
            nameof(ratings)));
    }

    /// <summary>The title of the movie in column <paramref name="column"/>, or its raw id where no title is known.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public string TitleOf(int column) => _titles.GetValueOrDefault(Movies[column]) ?? $"movie {Movies[column]}";

    /// <param name="ratings">As for the public method.</param>
    /// <param name="movies">As for the public method.</param>
    /// <param name="duplicate">What is thrown when the ratings at two places are of the same movie by the same user.</param>
    internal static RatingSet From(IReadOnlyList<Rating> ratings, IEnumerable<Movie> movies, Func<int, int, Exception> duplicate)
    {
        var users = new IdMap(ratings.Select(r => r.UserId));
        var columns = new IdMap(ratings.Select(r => r.MovieId));
        var matrix = Compress(ratings, users, columns, duplicate);
        var titles = new Dictionary<int, string>();
        foreach (var movie in movies)
        {
            if (columns.TryGetIndex(movie.Id, out _))
            {
                titles[movie.Id] = movie.Title;
            }
        }

        return new RatingSet(matrix, users, columns, titles);
    }

    private static SparseMatrix<double> Compress(
        IReadOnlyList<Rating> ratings, IdMap users, IdMap movies, Func<int, int, Exception> duplicate)
    {
        var places = new (int Row, int Column, int Rating)[ratings.Count];
        for (var r = 0; r < places.Length; r++)
        {
            places[r] = (users.IndexOf(ratings[r].UserId), movies.IndexOf(ratings[r].MovieId), r);
        }

        Array.Sort(places);
        var rowPointers = new long[users.Count + 1];
        var columns = new int[places.Length];
        var values = new double[places.Length];
        for (var e = 0; e < places.Length; e++)
        {
            var (row, column, rating) = places[e];
            if (e > 0 && (places[e - 1].Row, places[e - 1].Column) == (row, column))
            {
                throw duplicate(places[e - 1].Rating, rating);
            }

            rowPointers[row + 1] = e + 1;
            columns[e] = column;
            values[e] = ratings[rating].Value;
        }

        return new SparseMatrix<double>(new SparsePattern(users.Count, movies.Count, rowPointers, columns), values);
    }
}
