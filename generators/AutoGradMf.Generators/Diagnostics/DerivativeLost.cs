using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A whole number does not follow its factor.</summary>
internal static class DerivativeLost
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.DerivativeLost,
        "The derivative is lost in a conversion",
        "The derivative is lost in the conversion '{0}': a whole number does not change smoothly with the factors; compute in double, or give StopGradient what shall count as a constant",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.DerivativeLost));
}
