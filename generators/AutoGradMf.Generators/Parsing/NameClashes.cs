using AutoGradMf.Generators.Emission;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// Finds what short names of the library mean where a loss stands. That takes about as long as to read the loss, and only code that is
/// generated has them.
/// </summary>
internal static class NameClashes
{
    /// <summary>
    /// The types whose short names mean something else in the type around the loss: a member, a neighbour, a parameter
    /// of the loss, or what the user's using directives bring in.
    /// </summary>
    public static IEnumerable<string> In(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        var semantics = compilation.GetSemanticModel(declaration.SyntaxTree);
        var generated = LossParser.Around(method)
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>().Where(LossParser.IsLoss))
            .SelectMany(loss => LossParser.GeneratedSuffixes.Select(suffix => loss.Name + suffix))
            .ToList();

        // Roslyn goes through all that is in scope, whether it is asked for one name or for all of them.
        var inScope = semantics.LookupSymbols(declaration.SpanStart).ToLookup(symbol => symbol.Name, StringComparer.Ordinal);
        bool Clashes(string full, string name) => method.Parameters.Any(p => p.Name == name)
            || generated.Contains(name)
            || inScope[name]
                .Concat(Namespaces(method.ContainingNamespace).SelectMany(n => n.GetMembers(name)))
                .Any(symbol => !IsType(symbol, full));

        // Where [X] is written, both X and XAttribute may be meant.
        return LibraryNames.Used.Where(full => new[] { LibraryNames.Simple(full), LibraryNames.WithoutSuffix(LibraryNames.Simple(full)) }.Distinct().Any(name => Clashes(full, name)));
    }

    private static bool IsType(ISymbol symbol, string full) =>
        symbol is INamedTypeSymbol { ContainingType: null } && symbol.Is(full);

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol? innermost)
    {
        for (var ns = innermost; ns is not null; ns = ns.ContainingNamespace)
        {
            yield return ns;
        }
    }
}
