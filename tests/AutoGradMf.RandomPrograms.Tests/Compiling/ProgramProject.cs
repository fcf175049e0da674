using System.Collections.Immutable;
using System.Globalization;
using AutoGradMf.Generators;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.RandomPrograms.Tests.Programs;
using AutoGradMf.TestLosses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.RandomPrograms.Tests.Compiling;

/// <summary>
/// Many losses in one class, generated and compiled in memory as by the compiler. What the analyzer refuses, what the generator failed at
/// and what does not compile is left out of the assembly, so that one bad loss does not spoil the others.
/// </summary>
internal static class ProgramProject
{
    private const string LossesFile = "Losses.cs";
    private const string ElsewhereFile = "Elsewhere.cs";

    private const string Head =
        """
        using System;
        using System.Numerics;
        using AutoGradMf;
        using Users;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {

        """;

    private static readonly string HeadElsewhere = Head.Replace("public static partial class Losses", "internal static class Elsewhere", StringComparison.Ordinal)
        .Replace("using Users;", "using Users;\nusing static Losses;", StringComparison.Ordinal);

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(IsManaged)
            .Append(typeof(Matrix<>).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles losses with different numbers.</summary>
    public static CompiledPrograms Compile(IReadOnlyList<LossProgram> programs)
    {
        var (compilation, failures) = Generate(programs);
        var broken = programs.Where(p => failures.TryGetValue(p, out var f) && f.Kind == FailureKind.DoesNotCompile).ToArray();
        var loaded = Load(broken.Length == 0 ? compilation : Generate([.. programs.Except(broken)]).Compilation);
        return new(loaded, failures, UsedBy(programs, compilation), LanguageSurface.Of(compilation), Generated(programs, compilation));
    }

    private static Dictionary<string, string> Generated(IReadOnlyList<LossProgram> programs, Compilation compilation)
    {
        var files = compilation.SyntaxTrees.ToLookup(t => Path.GetFileName(t.FilePath));
        return programs.SelectMany(p => files[$"Losses.{p.Name}.g.cs"].Select(file => (p.Name, Text: WrappedLines.Join(file.ToString())))).ToDictionary();
    }

    private static (Compilation Compilation, Dictionary<LossProgram, Failure> Failures) Generate(IReadOnlyList<LossProgram> programs)
    {
        var losses = Parse(Head + UserCode.Beside + string.Join("\n", programs.Select(p => p.Source)) + "\n}\n", LossesFile);
        var elsewhere = Parse(HeadElsewhere + string.Concat(programs.Select(p => p.Elsewhere)) + "}\n", ElsewhereFile);
        var users = Parse(UserCode.Elsewhere, "Users.cs");
        var companions = Parse(Head + string.Concat(programs.Select(p => p.Companions)) + "}\n", "Companions.cs");
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Programs", [losses, elsewhere, users, companions], References, options);
        var result = CSharpGeneratorDriver.Create([new LossGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGenerators(compilation).GetRunResult().Results.Single();
        if (result.Exception is not null)
        {
            throw new InvalidOperationException("The generator threw.", result.Exception);
        }

        var output = compilation.AddSyntaxTrees(result.GeneratedSources.Select(s => s.SyntaxTree));
        var failures = new Dictionary<LossProgram, Failure>();
        void Add(FailureKind kind, IEnumerable<Diagnostic> diagnostics)
        {
            foreach (var diagnostic in diagnostics)
            {
                foreach (var program in Programs(diagnostic, programs))
                {
                    failures.TryAdd(program, new(kind, $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
                }
            }
        }

        Add(FailureKind.GeneratorFailed, result.Diagnostics);
        Add(FailureKind.DoesNotCompile, output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Add(FailureKind.Refused, Analyze(compilation).Where(d => d.Severity == DiagnosticSeverity.Error));
        return (output, failures);
    }

    private static ILookup<LossProgram, string> UsedBy(IReadOnlyList<LossProgram> programs, Compilation compilation)
    {
        var uses =
            from tree in compilation.SyntaxTrees
            where tree.FilePath is LossesFile or ElsewhereFile
            from method in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            let owner = programs.FirstOrDefault(p => p.Owns(method.Identifier.Text))
            where owner is not null
            from member in LanguageSurface.UsedBy(method, compilation.GetSemanticModel(tree))
            select (owner, member);
        return uses.ToLookup(u => u.owner, u => u.member);
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    /// <summary>What the analyzer says of the losses; it throws what the analyzer throws.</summary>
    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation) => compilation
        .WithAnalyzers([new LossAnalyzer()], new CompilationWithAnalyzersOptions(
            options: null!,
            onAnalyzerException: (exception, _, _) => throw new InvalidOperationException("The analyzer threw.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false))
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    /// <summary>
    /// The losses that a diagnostic is of: by its place in what was written or generated, by the name that it says, or by the method
    /// of the user's in which it is.
    /// </summary>
    private static LossProgram[] Programs(Diagnostic diagnostic, IReadOnlyList<LossProgram> programs)
    {
        var method = diagnostic.Location.SourceTree?.GetRoot().FindNode(diagnostic.Location.SourceSpan)
            .FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.Text ?? "";
        var place = (diagnostic.Location.SourceTree?.FilePath ?? "") + " " + diagnostic.GetMessage(CultureInfo.InvariantCulture);
        var found = (programs.FirstOrDefault(p => p.Owns(method))
            ?? programs.FirstOrDefault(p => place.Split('.', '\'', '"', '/', '(', ' ', '<').Any(word => word == p.Name || word == p.Name + "Objective"))) is { } one
            ? [one]
            : programs.Where(p => method.Length > 0 && p.Source.Contains(method, StringComparison.Ordinal)).ToArray();
        return found.Length > 0 ? found : throw new InvalidOperationException($"Of which loss is {diagnostic}?");
    }

    private static System.Reflection.Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        if (compilation.Emit(image) is { Success: false } emitted)
        {
            throw new InvalidOperationException(string.Join("\n", emitted.Diagnostics));
        }

        // Not to be collected: with assemblies that may be, the runtime ended in a segmentation fault once in some hours of runs.
        return System.Reflection.Assembly.Load(image.ToArray());
    }

    private static bool IsManaged(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new System.Reflection.PortableExecutable.PEReader(file);
        return image.HasMetadata;
    }
}
