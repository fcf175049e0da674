using System.Globalization;

namespace AutoGradMf.Data;

/// <summary>
/// Reads the files of a MovieLens data set: <c>ratings.csv</c> (userId,movieId,rating,timestamp) and <c>movies.csv</c>
/// (movieId,title,genres), UTF-8 with a header line (F. M. Harper and J. A. Konstan, The MovieLens Datasets, 2015).
/// </summary>
public static class MovieLensFolder
{
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
        var blocks = ReadBlocks(ratingsFile, cancellationToken);
        if (blocks.Sum(b => (long)b.Count) == 0)
        {
            throw new DataFormatException(ratingsFile, 2, 1, "expected at least one rating and found none.");
        }

        var rows = new RatingRows(blocks, cancellationToken);
        return duplicates != DuplicatePolicy.Throw || rows.Repeated().ToHashSet() is not { Count: > 0 } repeated
            ? RatingSet.From(rows, movies, duplicates)
            : throw FirstDuplicate(ratingsFile, repeated, cancellationToken);
    }

    /// <summary>The ratings of a <c>ratings.csv</c>, read while they are enumerated.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">A line is malformed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<Rating> ReadRatings(string path, CancellationToken cancellationToken = default)
    {
        CsvLines.RequireFile(path, RatingFile.Columns);
        return ReadExistingRatings(path, cancellationToken);
    }

    /// <summary>The movies of a <c>movies.csv</c>, read while they are enumerated.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">A line is malformed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<Movie> ReadMovies(string path, CancellationToken cancellationToken = default) =>
        CsvLines.Read(path, MovieColumns, cancellationToken)
            .Select(record => new Movie(record.Number<int>(0), record[1], record[2]));

    private static IEnumerable<Rating> ReadExistingRatings(string path, CancellationToken cancellationToken)
    {
        var read = 0L;
        using (var file = RatingFile.TryOpen(path))
        {
            var (block, buffer) = (new RatingBlock(), RatingFile.NewBuffer());
            for (var b = 0; b < file?.BlockCount && !block.IsFaulty; b++)
            {
                block.Clear();
                file.Parse(b, buffer, block);
                for (var r = 0; r < block.Count; r++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return block[r];
                }

                read += block.Count;
            }

            if (file is not null && !block.IsFaulty)
            {
                yield break;
            }
        }

        foreach (var record in CsvLines.Read(path, RatingFile.Columns, cancellationToken))
        {
            var rating = RatingFile.Parse(record);
            if (--read < 0)
            {
                yield return rating;
            }
        }
    }

    /// <summary>All ratings of a file, parsed on all processors.</summary>
    private static RatingBlock[] ReadBlocks(string path, CancellationToken cancellationToken)
    {
        CsvLines.RequireFile(path, RatingFile.Columns);
        using var file = RatingFile.TryOpen(path);
        var blocks = new RatingBlock[file?.BlockCount ?? 0];
        Parallel.For(
            0,
            blocks.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Buffer: RatingFile.NewBuffer(), Block: new RatingBlock()),
            (b, _, scratch) =>
            {
                scratch.Block.Clear();
                file!.Parse(b, scratch.Buffer, scratch.Block);
                blocks[b] = scratch.Block.Copy();
                return scratch;
            },
            _ => { });
        return file is null || blocks.Any(b => b.IsFaulty) ? [ReadLineByLine(path, cancellationToken)] : blocks;
    }

    /// <summary>The ratings of a file that is not plain, or the fault in it.</summary>
    private static RatingBlock ReadLineByLine(string path, CancellationToken cancellationToken)
    {
        var ratings = new RatingBlock();
        foreach (var record in CsvLines.Read(path, RatingFile.Columns, cancellationToken))
        {
            ratings.Add(RatingFile.Parse(record));
        }

        return ratings;
    }

    private static DataFormatException FirstDuplicate(string path, HashSet<(int User, int Movie)> repeated, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<(int User, int Movie), int>();
        foreach (var record in CsvLines.Read(path, RatingFile.Columns, cancellationToken))
        {
            var pair = (record.Number<int>(0), record.Number<int>(1));
            if (repeated.Contains(pair) && !lines.TryAdd(pair, record.Line))
            {
                return new DataFormatException(path, record.Line, 1, string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected one rating of a movie by a user, and user {pair.Item1} rates movie {pair.Item2} on line {lines[pair]} already."));
            }
        }

        throw new IOException($"The file '{path}' was changed while it was read.");
    }
}
