using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Legal, and hardly meant.</summary>
internal static class GradientIsZero
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.GradientIsZero,
        "A gradient is zero everywhere",
        "{0}, so its gradient is zero everywhere; {1}",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.GradientIsZero));
}
