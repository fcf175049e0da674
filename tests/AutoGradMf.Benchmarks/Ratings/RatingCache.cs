using System.Globalization;
using AutoGradMf.Data;

namespace AutoGradMf.Benchmarks.Ratings;

/// <summary>
/// Synthetic ratings, generated once and kept in a folder outside of the repository: AUTOGRADMF_CACHE if that is set, else autogradmf in
/// the user's folder of caches. A file that is incomplete, altered, or of another version is generated anew.
/// </summary>
internal static class RatingCache
{
    private const int Seed = 1;

    public static string Folder { get; } = Environment.GetEnvironmentVariable("AUTOGRADMF_CACHE") is { Length: > 0 } set
        ? set
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches ? caches : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "autogradmf");

    /// <summary>The file of the ratings of a size, whether it is there or not.</summary>
    public static string PathOf(RatingSize size) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"ratings-{size.M}x{size.N}-{size.Entries}-seed{Seed}-version{SyntheticRatings.Version}.bin"));

    /// <summary>The ratings of a size.</summary>
    public static SparseMatrix<float> Get(RatingSize size)
    {
        var path = PathOf(size);
        try
        {
            return SparseMatrix<float>.Open(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or DataFileException)
        {
            Directory.CreateDirectory(Folder);
            var ratings = SyntheticRatings.Generate(size, Seed);
            ratings.Save(path);
            return ratings;
        }
    }
}
