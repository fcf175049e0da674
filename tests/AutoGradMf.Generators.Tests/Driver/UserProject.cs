using System.Collections.Immutable;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>A project of a user in memory, which the generator and the analyzer run on as the compiler would run them.</summary>
internal sealed record UserProject
{
    /// <summary>The framework and the library.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(IsManaged)
            .Append(typeof(Matrix<>).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public UserProject(params string[] files) => Files = [.. files];

    /// <summary>The text of each file.</summary>
    public ImmutableArray<string> Files { get; init; }

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>XML documentation is diagnosed, as in a project that makes a documentation file.</summary>
    public DocumentationMode Documentation { get; init; } = DocumentationMode.Diagnose;

    /// <summary>The version of C# that it is written in.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>What it references beside the framework and the library.</summary>
    public ImmutableArray<MetadataReference> Further { get; init; } = [];

    /// <summary>What reads a loss instead of the generator's own parsers.</summary>
    public ReadLoss Read { get; init; } = LossMarks.Read;

    /// <summary>What writes a loss instead of the generator's own emitter.</summary>
    public Func<LossModel, string> Emit { get; init; } = LossEmitter.Emit;

    /// <summary>
    /// Generates, and asserts that the output compiles without errors and warnings, that the analyzers have nothing but information,
    /// and that edits which concern no loss are answered from the cache.
    /// </summary>
    public GeneratorRun Run()
    {
        var run = Generate();
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Severity > DiagnosticSeverity.Info);
        Assert.Empty(run.CompilerDiagnostics);
        return run;
    }

    /// <summary>Generates, whatever the diagnostics; edits which concern no loss must be answered from the cache even so.</summary>
    public GeneratorRun Generate()
    {
        var compilation = Compile();
        var driver = Driver().RunGenerators(compilation);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        foreach (var edited in UnrelatedEdits(compilation))
        {
            Steps.AssertCached(result, driver.RunGenerators(edited).GetRunResult().Results.Single());
        }

        return new(compilation.AddSyntaxTrees(result.GeneratedSources.Select(s => s.SyntaxTree)), result);
    }

    /// <summary>Generates once, whatever the diagnostics, and even if there is no loss.</summary>
    public GeneratorRun GenerateOnce()
    {
        var compilation = Compile();
        var result = Driver().RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new(compilation.AddSyntaxTrees(result.GeneratedSources.Select(s => s.SyntaxTree)), result);
    }

    /// <summary>What the generator reads of the only loss, named L, of the class Losses.</summary>
    public ParsedLoss ReadAlone()
    {
        var compilation = Compile();
        return Read(compilation.GetTypeByMetadataName("Losses")!.GetMembers("L").OfType<IMethodSymbol>().Single(), compilation, default);
    }

    /// <summary>What the generator did at an edit, after a first run on this project.</summary>
    public (GeneratorRunResult Before, GeneratorRunResult After) Edit(Func<UserProject, UserProject> edit)
    {
        var before = Driver().RunGenerators(Compile());
        return (before.GetRunResult().Results.Single(), before.RunGenerators(edit(this).Compile()).GetRunResult().Results.Single());
    }

    private CSharpParseOptions ParseOptions => new(Language, Documentation);

    private CSharpCompilation Compile() => CSharpCompilation.Create(
        "UserProject",
        Files.Select((text, number) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"File{number}.cs")),
        [.. References, .. Further],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: Nullable,
            allowUnsafe: true,
            // A test may put a type in the place of one of the library.
            specificDiagnosticOptions: [new("CS0436", ReportDiagnostic.Suppress)]));

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new LossGenerator(Read, Emit).AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private IEnumerable<CSharpCompilation> UnrelatedEdits(CSharpCompilation compilation)
    {
        yield return compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class UnrelatedNewcomer;", ParseOptions, "Newcomer.cs"));
        var tree = compilation.SyntaxTrees[0];
        yield return compilation.ReplaceSyntaxTree(
            tree, CSharpSyntaxTree.ParseText("// A comment that moves every line.\n" + tree.GetText(), ParseOptions, tree.FilePath));
    }

    private static bool IsManaged(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new System.Reflection.PortableExecutable.PEReader(file);
        return image.HasMetadata;
    }
}
