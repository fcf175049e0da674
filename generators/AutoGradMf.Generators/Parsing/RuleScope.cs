using AutoGradMf.Generators.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// What names mean in the rules of a method, which bind nearly as code beside it does: members of the library's functions and of the types around the method;
/// types from within these outwards, by as much of their names as that takes.
/// </summary>
/// <param name="method">What declares the rule.</param>
/// <param name="compilation">Where types are looked up.</param>
/// <param name="known">Types that need no namespace.</param>
internal sealed class RuleScope(IMethodSymbol method, Compilation compilation, IEnumerable<INamedTypeSymbol?> known)
{
    /// <summary>Whether a name is that of a parameter, which is a double.</summary>
    public bool IsParameter(string name) => method.Parameters.Any(p => p.Name == name);

    /// <summary>The members that a name may mean: of the type before it, or of those that are seen without one.</summary>
    public IEnumerable<ISymbol> Members(ExpressionSyntax name) => name switch
    {
        IdentifierNameSyntax simple => LossParser.Around(method).Prepend(compilation.GetTypeByMetadataName(LibraryNames.LossMath))
            .SelectMany(type => type?.GetMembers(simple.Identifier.ValueText) ?? []),
        MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var member } => (Resolve(type) as INamedTypeSymbol)?.GetMembers(member) ?? [],
        _ => [],
    };

    private INamespaceOrTypeSymbol? Resolve(ExpressionSyntax name) => name switch
    {
        PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DoubleKeyword } => compilation.GetSpecialType(SpecialType.System_Double),
        AliasQualifiedNameSyntax { Name: var outermost } => Within(compilation.GlobalNamespace, outermost),
        MemberAccessExpressionSyntax { Expression: var outer, Name: var inner } => Resolve(outer) is { } scope ? Within(scope, inner) : null,
        IdentifierNameSyntax simple => Around().Select(scope => Within(scope, simple)).FirstOrDefault(found => found is not null)
            ?? known.FirstOrDefault(type => type?.Name == simple.Identifier.ValueText),
        _ => null,
    };

    private static INamespaceOrTypeSymbol? Within(INamespaceOrTypeSymbol scope, SimpleNameSyntax name) =>
        scope.GetMembers(name.Identifier.ValueText).OfType<INamespaceOrTypeSymbol>().FirstOrDefault(member => member is not INamedTypeSymbol { Arity: > 0 });

    private IEnumerable<INamespaceOrTypeSymbol> Around()
    {
        for (ISymbol? scope = method.ContainingSymbol; scope is not null; scope = scope.ContainingSymbol)
        {
            // A namespace of the method's assembly, and with it the same of all others.
            if (scope is INamespaceSymbol ns)
            {
                yield return compilation.GetCompilationNamespace(ns) ?? ns;
            }
            else if (scope is INamespaceOrTypeSymbol around)
            {
                yield return around;
            }
        }
    }
}
