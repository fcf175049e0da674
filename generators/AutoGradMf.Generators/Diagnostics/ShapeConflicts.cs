using System.Collections.Concurrent;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Translation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Where operands do not fit in the losses of a compilation. Each loss is read when it is first asked for.</summary>
internal sealed class ShapeConflicts(Compilation compilation)
{
    private readonly ConcurrentDictionary<IMethodSymbol, HashSet<(SyntaxTree?, TextSpan)>> _places = new(SymbolEqualityComparer.Default);

    private readonly Lazy<IReadOnlyList<IMethodSymbol>> _losses = new(() => [.. TypesIn(compilation.Assembly.GlobalNamespace).SelectMany(LossesOf)]);

    /// <summary>
    /// Whether AGMF0003 is reported at an expression by a loss of the types around it, or else by any other, which it may be inlined in.
    /// </summary>
    public bool IsAt(SyntaxNode expression, ISymbol around, CancellationToken cancellation)
    {
        return LossParser.Around(around).SelectMany(LossesOf).Any(IsIn) || _losses.Value.Any(IsIn);

        bool IsIn(IMethodSymbol loss) => _places.GetOrAdd(loss, l => Places(l, cancellation)).Contains((expression.SyntaxTree, expression.Span));
    }

    private static IEnumerable<IMethodSymbol> LossesOf(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>().Where(LossParser.IsLoss);

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol parent) => parent.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? TypesIn(type).Prepend(type) : TypesIn(member));

    private HashSet<(SyntaxTree?, TextSpan)> Places(IMethodSymbol loss, CancellationToken cancellation) => InternalFailure.Guard<HashSet<(SyntaxTree?, TextSpan)>>(
        () =>
        {
            using var budget = SymbolicBudget.Open();
            var parsed = LossMarks.Read(loss, compilation, cancellation);
            return [.. new ShapeInference(parsed.Model).Problems.Select(p => parsed.Locations[p.Node]).Select(l => (l.SourceTree, l.SourceSpan))];
        },
        _ => []);
}
