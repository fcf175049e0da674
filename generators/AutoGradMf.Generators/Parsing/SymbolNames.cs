using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Asks a symbol for its full name without writing that down, which would be done many times for each operation of a loss.</summary>
internal static class SymbolNames
{
    /// <summary>Whether a symbol has a full name, such as <c>AutoGradMf.LossMath</c>; type parameters are no part of it.</summary>
    public static bool Is(this ISymbol? symbol, string fullName)
    {
        var end = fullName.Length;
        for (var part = symbol; part is not null; part = part.ContainingSymbol)
        {
            var start = end - part.Name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, part.Name, 0, part.Name.Length) != 0)
            {
                return false;
            }

            if (start == 0)
            {
                return part.ContainingSymbol is INamespaceSymbol { IsGlobalNamespace: true };
            }

            if (fullName[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }

    /// <summary>Whether a method, a parameter or a type has an attribute of that full name.</summary>
    public static bool Has(this ISymbol symbol, string attribute) => symbol.GetAttributes().Any(a => a.AttributeClass.Is(attribute));
}
