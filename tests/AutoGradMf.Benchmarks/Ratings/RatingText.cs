using System.Buffers.Text;

namespace AutoGradMf.Benchmarks.Ratings;

/// <summary>The synthetic ratings as a folder of MovieLens' files, written once and cached beside them.</summary>
internal static class RatingText
{
    private const int LongestLine = 64;

    /// <summary>The folder with the ratings.csv and the movies.csv of a size.</summary>
    public static string Get(RatingSize size)
    {
        var folder = Path.ChangeExtension(RatingCache.PathOf(size), ".csv");
        var ratings = Path.Combine(folder, "ratings.csv");
        if (!File.Exists(ratings))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "movies.csv"), "movieId,title,genres\n");
            Write(RatingCache.Get(size), ratings + ".new");
            File.Move(ratings + ".new", ratings);
        }

        return folder;
    }

    private static void Write(SparseMatrix<float> ratings, string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write("userId,movieId,rating,timestamp\n"u8);
        Span<byte> line = stackalloc byte[LongestLine];
        foreach (var (user, movie, entry) in ratings.Pattern.Entries)
        {
            // Times of MovieLens have ten digits.
            var length = 0;
            Add(line, user + 1, (byte)',', ref length);
            Add(line, (3 * movie) + 1, (byte)',', ref length);
            Add(line, (int)ratings.Values[entry], (byte)'.', ref length);
            Add(line, (int)(10 * ratings.Values[entry]) % 10, (byte)',', ref length);
            Add(line, 1_000_000_000 + (int)((entry * 7919L) % 600_000_000), (byte)'\n', ref length);
            file.Write(line[..length]);
        }
    }

    private static void Add(Span<byte> line, int number, byte end, ref int length)
    {
        Utf8Formatter.TryFormat(number, line[length..], out var written);
        length += written;
        line[length++] = end;
    }
}
