using System.Collections.Immutable;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Reports all that is wrong with a loss, at the user's own sub-expressions, while typing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        UnsupportedConstruct.Rule, NotPartial.Rule, ShapeMismatch.Rule, NotDifferentiable.Rule, GradientIsZero.Rule,
        InvalidDeclaration.Rule, RecursiveMethod.Rule,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        var attributes = method.GetAttributes().Select(a => a.AttributeClass?.ToDisplayString()).ToList();
        if (!attributes.Contains(LibraryNames.LossAttribute) && !attributes.Contains(LibraryNames.EntryLossAttribute))
        {
            return;
        }

        var parsed = attributes.Contains(LibraryNames.LossAttribute)
            ? LossParser.Parse(method, context.Compilation, context.CancellationToken)
            : EntryLossParser.Parse(method, context.Compilation, context.CancellationToken);
        foreach (var diagnostic in parsed.Diagnostics)
        {
            context.ReportDiagnostic(diagnostic);
        }

        if (parsed.Model.Body is null)
        {
            return;
        }

        var (compiled, problems) = Compile(parsed.Model);
        foreach (var problem in problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(Find(problem.Rule), parsed.Locations[problem.Node], [.. problem.Arguments]));
        }

        foreach (var factor in compiled is null ? [] : LossCompiler.FactorsWithoutGradient(compiled))
        {
            var parameter = method.Parameters.FirstOrDefault(p => p.Name == factor.TrimStart('@')) ?? (ISymbol)method;
            context.ReportDiagnostic(Diagnostic.Create(GradientIsZero.Rule, parameter.Locations[0], factor));
        }
    }

    private DiagnosticDescriptor Find(string rule) => SupportedDiagnostics.First(d => d.Id == rule);

    /// <summary>A failure of ours is the generator's to report.</summary>
    private static (CompiledLoss? Loss, IReadOnlyList<Problem> Problems) Compile(LossModel model)
    {
        try
        {
            return LossCompiler.Compile(model, new NameScope());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (null, []);
        }
    }
}
