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

    /// <summary>Whether AGMF0003 is reported at an expression by a loss of the types around it.</summary>
    public bool IsAt(SyntaxNode expression, ISymbol around, CancellationToken cancellation) => LossParser.Around(around)
        .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
        .Where(LossParser.IsLoss)
        .Any(loss => _places.GetOrAdd(loss, l => Places(l, cancellation)).Contains((expression.SyntaxTree, expression.Span)));

    private HashSet<(SyntaxTree?, TextSpan)> Places(IMethodSymbol loss, CancellationToken cancellation) => InternalFailure.Guard<HashSet<(SyntaxTree?, TextSpan)>>(
        () =>
        {
            using var budget = SymbolicBudget.Open();
            var parsed = LossMarks.Read(loss, compilation, cancellation);
            return [.. new ShapeInference(parsed.Model).Problems.Select(p => parsed.Locations[p.Node]).Select(l => (l.SourceTree, l.SourceSpan))];
        },
        _ => []);
}
