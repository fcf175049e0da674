using System.Collections.Immutable;
using System.Globalization;
using AutoGradMf.Generators;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.RandomPrograms.Tests.Programs;
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
    private const string Head =
        """
        using System;
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {

        """;

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
        return new(Load(broken.Length == 0 ? compilation : Generate([.. programs.Except(broken)]).Compilation), failures);
    }

    private static (Compilation Compilation, Dictionary<LossProgram, Failure> Failures) Generate(IReadOnlyList<LossProgram> programs)
    {
        var losses = CSharpSyntaxTree.ParseText(Head + string.Join("\n", programs.Select(p => p.Source)) + "\n}\n", ParseOptions, "Losses.cs");
        var companions = CSharpSyntaxTree.ParseText(Head + string.Concat(programs.Select(p => p.Companions)) + "}\n", ParseOptions, "Companions.cs");
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Programs", [losses, companions], References, options);
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
                failures.TryAdd(
                    Program(diagnostic, programs), new(kind, $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
            }
        }

        Add(FailureKind.GeneratorFailed, result.Diagnostics);
        Add(FailureKind.DoesNotCompile, output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Add(FailureKind.Refused, Analyze(compilation).Where(d => d.Severity == DiagnosticSeverity.Error));
        return (output, failures);
    }

    /// <summary>What the analyzer says of the losses; it throws what the analyzer throws.</summary>
    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation) => compilation
        .WithAnalyzers([new LossAnalyzer()], new CompilationWithAnalyzersOptions(
            options: null!,
            onAnalyzerException: (exception, _, _) => throw new InvalidOperationException("The analyzer threw.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false))
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    /// <summary>The loss that a diagnostic is of: by its place in what was written or generated, or by the name that it says.</summary>
    private static LossProgram Program(Diagnostic diagnostic, IReadOnlyList<LossProgram> programs)
    {
        var method = diagnostic.Location.SourceTree?.GetRoot().FindNode(diagnostic.Location.SourceSpan)
            .FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.Text ?? "";
        var place = (diagnostic.Location.SourceTree?.FilePath ?? "") + " " + diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return programs.FirstOrDefault(p => method == p.Name || method == p.MagnitudeName || method == p.FrozenName)
            ?? programs.FirstOrDefault(p => place.Split('.', '\'', '"', '/', '(', ' ', '<').Any(word => word == p.Name || word == p.Name + "Objective"))
            ?? throw new InvalidOperationException($"Of which loss is {diagnostic}?");
    }

    private static System.Reflection.Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        if (compilation.Emit(image) is { Success: false } emitted)
        {
            throw new InvalidOperationException(string.Join("\n", emitted.Diagnostics));
        }

        image.Position = 0;
        return new System.Runtime.Loader.AssemblyLoadContext("Programs", isCollectible: true).LoadFromStream(image);
    }

    private static bool IsManaged(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new System.Reflection.PortableExecutable.PEReader(file);
        return image.HasMetadata;
    }
}
