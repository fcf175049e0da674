using System.Collections.Concurrent;
using System.Collections.Immutable;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Reports marked predictions that no loss calls: a model predicts by what its loss computes, so that the mark has no effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedPredictionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UnusedPrediction.Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var called = new ConcurrentDictionary<IMethodSymbol, IReadOnlyCollection<ISymbol>?>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => Analyze(symbol, called), SymbolKind.Method);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ConcurrentDictionary<IMethodSymbol, IReadOnlyCollection<ISymbol>?> called)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null || !method.Has(LibraryNames.PredictionAttribute) || LossParser.IsLoss(method))
        {
            return;
        }

        var body = method.PartialImplementationPart ?? method;
        bool MayCall(IMethodSymbol loss) => called.GetOrAdd(loss, l => Called(l, context)) is not { } methods || methods.Contains(body, SymbolEqualityComparer.Default);
        if (!Losses(method, context.Compilation).Any(MayCall))
        {
            context.ReportDiagnostic(Diagnostic.Create(UnusedPrediction.Rule, method.Locations[0], method.Name));
        }
    }

    /// <summary>The marked methods that a loss calls; null if not all of it could be read.</summary>
    private static IReadOnlyCollection<ISymbol>? Called(IMethodSymbol loss, SymbolAnalysisContext context) => InternalFailure.Guard(
        () => LossMarks.Read(loss, context.Compilation, context.CancellationToken) is { IsRead: true, Model.Body: not null } read ? read.Predictions : null,
        _ => null);

    /// <summary>The losses of a project: first those beside a method, which are most likely to call it.</summary>
    private static IEnumerable<IMethodSymbol> Losses(IMethodSymbol beside, Compilation compilation) =>
        new[] { beside.ContainingType }.Concat(Types(compilation.Assembly.GlobalNamespace))
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(member => member.PartialDefinitionPart is null && LossParser.IsLoss(member));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol within) => within.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
