namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>The reference losses as a user's project.</summary>
internal static class ReferenceProject
{
    /// <summary>The source of the losses, in a namespace that does not see the library's by itself.</summary>
    public static string Source { get; } = Read();

    /// <summary>The project, generated once.</summary>
    public static Lazy<GeneratorRun> Run { get; } = new(() => new UserProject(Source).Run());

    private static string Read()
    {
        using var reader = new StreamReader(typeof(ReferenceProject).Assembly.GetManifestResourceStream("ReferenceLosses.cs")!);
        return "using AutoGradMf;\n" + reader.ReadToEnd().Replace("namespace AutoGradMf.TestLosses;", "namespace Films;", StringComparison.Ordinal);
    }
}
