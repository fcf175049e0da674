using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A constant that makes a loss meaningless.</summary>
internal static class ImpossibleConstant
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.ImpossibleConstant,
        "A constant is not what an operation takes",
        "'{0}' {1}",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.ImpossibleConstant));
}
