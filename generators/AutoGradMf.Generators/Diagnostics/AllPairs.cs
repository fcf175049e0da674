using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Information, and the price.</summary>
internal static class AllPairs
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.AllPairs,
        "A sum visits all pairs",
        "'{0}' visits all {1} pairs, because {2}; it costs {3} per evaluation",
        "AutoGradMf",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.AllPairs));
}
