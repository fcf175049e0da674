using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Keeps the names of generated files apart, which do not differ by the case of letters as the names of types do.</summary>
internal static class HintNames
{
    /// <summary>What the name of a loss's file needs beside the names of the loss and of all around it; as a rule nothing.</summary>
    public static string DistinctionOf(IMethodSymbol method)
    {
        for (ISymbol symbol = method.ContainingType; symbol.ContainingSymbol is INamespaceOrTypeSymbol around; symbol = around)
        {
            if (around.GetMembers().Any(m => m.Name != symbol.Name && string.Equals(m.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)))
            {
                return "-" + Hash(method.ContainingType.ToDisplayString()).ToString("x8", CultureInfo.InvariantCulture);
            }
        }

        return "";
    }

    /// <summary>After Fowler, Noll and Vo: the same on every machine, as string.GetHashCode is not.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
