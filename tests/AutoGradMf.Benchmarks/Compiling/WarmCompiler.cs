using System.Collections.Immutable;
using AutoGradMf.Generators;
using AutoGradMf.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Benchmarks.Compiling;

/// <summary>A compilation of one file of losses, to be generated for and analyzed as a compiler does that has been running for a while.</summary>
internal sealed class WarmCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;

    public WarmCompiler(string loss)
    {
        var source = $$"""
            using System;
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                {{loss}}
            }
            """;
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        _compilation = CSharpCompilation.Create("Losses", [CSharpSyntaxTree.ParseText(source, ParseOptions, "Losses.cs")], References, options);
        var errors = _compilation.AddSyntaxTrees(Generate().Sources).GetDiagnostics().Concat(Analyze().Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(string.Join("\n", errors));
        }
    }

    /// <summary>Runs the generator from nothing, no step being cached, and says how long it took beside what the compiler does for any generator.</summary>
    public (ImmutableArray<SyntaxTree> Sources, TimeSpan Elapsed) Generate()
    {
        var driver = CSharpGeneratorDriver.Create([new LossGenerator().AsSourceGenerator()], parseOptions: ParseOptions).RunGenerators(_compilation);
        return (driver.GetRunResult().GeneratedTrees, driver.GetTimingInfo().GeneratorTimes.Single().ElapsedTime);
    }

    /// <summary>Runs the analyzers one after the other, and says how long they took beside what the compiler does for any analyzer.</summary>
    public (ImmutableArray<Diagnostic> Diagnostics, TimeSpan Elapsed) Analyze()
    {
        var result = _compilation
            .WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(null!, null, concurrentAnalysis: false, logAnalyzerExecutionTime: true))
            .GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        return (result.GetAllDiagnostics(), result.AnalyzerTelemetryInfo.Values.Aggregate(TimeSpan.Zero, (sum, telemetry) => sum + telemetry.ExecutionTime));
    }

    /// <summary>Binds the user's file, which the compiler does with or without us.</summary>
    public ImmutableArray<Diagnostic> Bind() => _compilation.Clone().GetDiagnostics();

    private static ImmutableArray<DiagnosticAnalyzer> Analyzers =>
    [
        .. typeof(LossAnalyzer).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];
}
