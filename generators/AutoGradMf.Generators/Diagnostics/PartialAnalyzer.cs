using System.Collections.Immutable;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Reads each declared derivative, and what is declared beside it, where it is declared, whether a loss uses it or not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PartialAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InvalidPartial.Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(method => Analyze((IMethodSymbol)method.Symbol, method.Compilation, method.ReportDiagnostic, method.CancellationToken), SymbolKind.Method);
        context.RegisterSyntaxNodeAction(
            function => Analyze((IMethodSymbol)function.SemanticModel.GetDeclaredSymbol(function.Node, function.CancellationToken)!, function.Compilation, function.ReportDiagnostic, function.CancellationToken),
            SyntaxKind.LocalFunctionStatement);
    }

    private static void Analyze(IMethodSymbol method, Compilation compilation, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (!FunctionTable.HasRules(method))
        {
            return;
        }

        if (FunctionForm.ProblemOf(method) is { } form)
        {
            report(Diagnostic.Create(InvalidPartial.Rule, method.Locations[0], $"'{method.Name}' cannot declare its derivatives: it {form}"));
        }

        foreach (var (attribute, place, what) in new DeclaredRules(method, new(compilation)).Problems())
        {
            report(Diagnostic.Create(InvalidPartial.Rule, AttributePlaces.Of(attribute, place, cancellation) ?? method.Locations[0], what));
        }
    }
}
