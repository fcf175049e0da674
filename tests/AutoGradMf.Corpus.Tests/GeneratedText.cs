using AutoGradMf.TestLosses;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The files that are generated from the corpus, as they lie beside the tests.</summary>
internal static class GeneratedText
{
    private const string Prefix = "AutoGradMf.Corpus.Tests.";
    private const string Suffix = ".g.cs";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "generated");

    /// <summary>The losses of the corpus with their classes, such as "SquaredError.Masked", but not their variations.</summary>
    public static IReadOnlyList<string> Losses { get; } =
    [
        .. Directory.EnumerateFiles(Folder, $"{Prefix}*{Suffix}")
            .Select(path => Path.GetFileName(path)[Prefix.Length..^Suffix.Length])
            .Where(loss => GeneratedLoss.IsPublic(loss) && !GeneratedLoss.IsVariation(loss))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The file of a loss, without the breaks in long lines of its head.</summary>
    public static string Of(string loss) => WrappedLines.Join(File.ReadAllText(Path.Combine(Folder, Prefix + loss + Suffix)));
}
