using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Inlining crosses borders that calls cannot.</summary>
internal static class InaccessibleFunction
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InaccessibleFunction,
        "Generated code cannot reach a function",
        "Generated code in '{1}' cannot call '{0}', which is not accessible there; {2}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InaccessibleFunction));
}
