using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>C# computes 1/2 as 0.</summary>
internal static class IntegerDivision
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.IntegerDivision,
        "A division of whole numbers drops the fraction",
        "'{0}' divides whole numbers and is {1}, not {2}; write one of them as a double",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.IntegerDivision));
}
