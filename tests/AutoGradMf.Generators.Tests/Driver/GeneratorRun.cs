using System.Collections.Immutable;
using AutoGradMf.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>What came of a project: its compilation with the generated files, and what everyone says of it.</summary>
internal sealed record GeneratorRun(Compilation Output, GeneratorRunResult Result)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new LossAnalyzer()];

    /// <summary>The text of each generated file by its name.</summary>
    public IReadOnlyDictionary<string, string> Generated => Result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());

    /// <summary>What the generator itself reports.</summary>
    public ImmutableArray<Diagnostic> GeneratorDiagnostics => Result.Diagnostics;

    /// <summary>What the analyzer reports, in the order of the source.</summary>
    public ImmutableArray<Diagnostic> AnalyzerDiagnostics =>
        [.. Output.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan.Start)];

    /// <summary>Errors and warnings of the compiler, and in generated files using directives without need.</summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics => [.. Output.GetDiagnostics().Where(IsWorthReading)];

    private bool IsWorthReading(Diagnostic diagnostic) => (IsGenerated(diagnostic), diagnostic.Id) switch
    {
        // Losses of tests have no documentation.
        (false, "CS1591") => false,
        (true, "CS8019") => true,
        _ => diagnostic.Severity >= DiagnosticSeverity.Warning,
    };

    private bool IsGenerated(Diagnostic diagnostic) => Result.GeneratedSources.Any(s => s.SyntaxTree == diagnostic.Location.SourceTree);
}
