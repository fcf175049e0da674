namespace AutoGradMf.Data;

/// <summary>
/// Ratings as a loss takes them: a sparse matrix of m users × n movies, those that occur in a rating, with the maps from raw ids
/// to its rows and columns and the movies' titles. Immutable.
/// </summary>
public sealed partial class RatingSet
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
        var block = new RatingBlock();
        foreach (var rating in ratings)
        {
            block.Add(rating);
        }

        var rows = new RatingRows([block], CancellationToken.None);
        if (duplicates == DuplicatePolicy.Throw && rows.Repeated().ToHashSet() is { Count: > 0 } repeated)
        {
            var (first, again) = FirstRepetition(ratings, repeated);
            throw new ArgumentException(
                $"Movie {ratings[first].MovieId} is rated several times by user {ratings[first].UserId}, first as entries number {first} and {again}. "
                + "Give one rating, or pass a DuplicatePolicy: KeepFirst, KeepLast, Sum or Mean.",
                nameof(ratings));
        }

        return From(rows, movies, duplicates);
    }

    /// <summary>The set of ratings in rows, where several of a movie by a user become one.</summary>
    internal static RatingSet From(RatingRows rows, IEnumerable<Movie> movies, DuplicatePolicy duplicates)
    {
        var titles = new Dictionary<int, string>();
        foreach (var movie in movies)
        {
            if (rows.Movies.TryGetIndex(movie.Id, out _))
            {
                titles[movie.Id] = movie.Title;
            }
        }

        var (matrix, times) = rows.Merge(duplicates);
        return new RatingSet(matrix, times, rows.Users, rows.Movies, titles);
    }

    /// <summary>The places of the first rating that repeats another, and of that.</summary>
    /// <param name="ratings">All ratings.</param>
    /// <param name="repeated">What is rated several times.</param>
    private static (int First, int Again) FirstRepetition(IEnumerable<Rating> ratings, HashSet<(int User, int Movie)> repeated)
    {
        var seen = new Dictionary<(int User, int Movie), int>();
        var place = 0;
        foreach (var rating in ratings)
        {
            var pair = (rating.UserId, rating.MovieId);
            if (repeated.Contains(pair) && !seen.TryAdd(pair, place))
            {
                return (seen[pair], place);
            }

            place++;
        }

        throw new ArgumentException("None of the ratings repeats another.", nameof(ratings));
    }

    /// <summary>The title of the movie in column <paramref name="column"/>, or its raw id where no title is known.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public string TitleOf(int column) => _titles.GetValueOrDefault(Movies[column]) ?? $"movie {Movies[column]}";
}
