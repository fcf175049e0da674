using System.Globalization;

namespace AutoGradMf.Data;

/// <summary>
/// Reads the files of a MovieLens data set: <c>ratings.csv</c> (userId,movieId,rating,timestamp) and <c>movies.csv</c>
/// (movieId,title,genres), UTF-8 with a header line (F. M. Harper and J. A. Konstan, The MovieLens Datasets, 2015).
/// </summary>
public static class MovieLensFolder
{
    private static readonly string[] RatingColumns = ["userId", "movieId", "rating", "timestamp"];
    private static readonly string[] MovieColumns = ["movieId", "title", "genres"];

    /// <summary>Reads both files of <paramref name="folder"/> into memory.</summary>
    /// <param name="folder">The folder that holds the two files.</param>
    /// <param name="duplicates">What becomes of several ratings of a movie by a user.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">One of the files is not in it.</exception>
    /// <exception cref="DataFormatException">
    /// A line is malformed, a user rates a movie twice and no policy says what to do, or there is no rating.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RatingSet Load(
        string folder, DuplicatePolicy duplicates = DuplicatePolicy.Throw, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"There is no folder '{folder}'; expected a MovieLens folder, which holds ratings.csv and movies.csv.");
        }

        var ratingsFile = Path.Combine(folder, "ratings.csv");
        var movies = ReadMovies(Path.Combine(folder, "movies.csv"), cancellationToken).ToList();
        var ratings = new List<Rating>();
        var lines = new List<int>();
        foreach (var (rating, line) in ReadNumberedRatings(ratingsFile, cancellationToken))
        {
            ratings.Add(rating);
            lines.Add(line);
        }

        if (ratings.Count == 0)
        {
            throw new DataFormatException(ratingsFile, 2, 1, "expected at least one rating and found none.");
        }

        try
        {
            return RatingSet.From(ratings, movies, duplicates);
        }
        catch (ArgumentException) when (duplicates == DuplicatePolicy.Throw)
        {
            throw FirstDuplicate(ratingsFile, ratings, lines);
        }
    }

    /// <summary>The ratings of a <c>ratings.csv</c>, read while they are enumerated.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">A line is malformed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<Rating> ReadRatings(string path, CancellationToken cancellationToken = default) =>
        ReadNumberedRatings(path, cancellationToken).Select(numbered => numbered.Rating);

    /// <summary>The movies of a <c>movies.csv</c>, read while they are enumerated.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">A line is malformed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<Movie> ReadMovies(string path, CancellationToken cancellationToken = default) =>
        CsvLines.Read(path, MovieColumns, cancellationToken)
            .Select(record => new Movie(record.Number<int>(0), record[1], record[2]));

    private static IEnumerable<(Rating Rating, int Line)> ReadNumberedRatings(string path, CancellationToken cancellationToken) =>
        CsvLines.Read(path, RatingColumns, cancellationToken)
            .Select(record => (
                new Rating(record.Number<int>(0), record.Number<int>(1), record.Number<double>(2), record.Number<long>(3)),
                record.Line));

    private static DataFormatException FirstDuplicate(string file, List<Rating> ratings, List<int> lines)
    {
        var seen = new Dictionary<(int UserId, int MovieId), int>();
        var place = ratings.FindIndex(rating => !seen.TryAdd((rating.UserId, rating.MovieId), seen.Count));
        var (user, movie) = (ratings[place].UserId, ratings[place].MovieId);
        return new DataFormatException(file, lines[place], 1, string.Create(
            CultureInfo.InvariantCulture,
            $"expected one rating of a movie by a user, and user {user} rates movie {movie} on line {lines[seen[(user, movie)]]} already."));
    }
}
