using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Inlining would not end.</summary>
internal static class RecursiveMethod
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.RecursiveMethod,
        "A loss cannot call a recursive method",
        "'{0}' calls itself, and a loss is a finite expression; write it without recursion",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.RecursiveMethod));
}
