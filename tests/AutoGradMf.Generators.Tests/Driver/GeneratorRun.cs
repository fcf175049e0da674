using System.Collections.Immutable;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.TestLosses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>What came of a project: its compilation with the generated files, and what everyone says of it.</summary>
internal sealed class GeneratorRun(Compilation output, GeneratorRunResult result)
{
    /// <summary>All analyzers of the generator's assembly.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(LossAnalyzer).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    private readonly Lazy<ImmutableArray<Diagnostic>> _all = new(() =>
        [.. output.WithAnalyzers(Analyzers).GetAllDiagnosticsAsync().GetAwaiter().GetResult()
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan)
            .ThenBy(d => d.Id, StringComparer.Ordinal)]);

    /// <summary>The user's files with the generated ones.</summary>
    public Compilation Output { get; } = output;

    /// <summary>The text of each generated file by its name.</summary>
    public IReadOnlyDictionary<string, string> Generated { get; } =
        result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());

    /// <summary>The file generated from the loss L of the class Losses, without the breaks in long lines of its head.</summary>
    public string TextOfL => WrappedLines.Join(Generated["Losses.L.g.cs"]);

    /// <summary>What the generator itself reports.</summary>
    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; } = result.Diagnostics;

    /// <summary>What the analyzer reports, or has reported of it, in the order of the source.</summary>
    public IEnumerable<Diagnostic> AnalyzerDiagnostics => _all.Value.Where(d => !IsOfCompiler(d));

    /// <summary>Errors and warnings of the compiler; but losses of tests have no documentation.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics =>
        _all.Value.Where(d => IsOfCompiler(d) && d.Severity >= DiagnosticSeverity.Warning && (d.Id != "CS1591" || IsGenerated(d)));

    /// <summary>The using directives of generated files that nothing there needs.</summary>
    public IEnumerable<Diagnostic> UnneededUsings => Output.GetDiagnostics().Where(d => d.Id == "CS8019" && IsGenerated(d));

    private static bool IsOfCompiler(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal);

    /// <summary>Whether a diagnostic is in a generated file.</summary>
    public bool IsGenerated(Diagnostic diagnostic) => result.GeneratedSources.Any(s => s.SyntaxTree == diagnostic.Location.SourceTree);
}
