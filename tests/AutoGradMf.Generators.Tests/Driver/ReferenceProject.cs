namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>The reference losses as a user's project.</summary>
internal static class ReferenceProject
{
    /// <summary>The source of the losses, in a namespace that does not see the library's by itself.</summary>
    public static string Source { get; } = Read();

    /// <summary>The project, generated once.</summary>
    public static Lazy<GeneratorRun> Run { get; } = new(() => new UserProject(Source).Run());

    /// <summary>The losses of the corpus, a file each of those that hold them.</summary>
    public static IReadOnlyList<string> Corpus { get; } =
    [
        .. typeof(ReferenceProject).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Corpus/", StringComparison.Ordinal)).Select(name => "using System;\n" + Resource(name)),
    ];

    private static string Read() =>
        "using AutoGradMf;\n" + Resource("ReferenceLosses.cs").Replace("namespace AutoGradMf.TestLosses;", "namespace Films;", StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReferenceProject).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
