using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>The loss as written is not stable; the generated code is already, or would be.</summary>
internal static class UnstableForm
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.UnstableForm,
        "A stable function says the same",
        "'{0}' overflows or loses its digits where {1} does not; {2}",
        "AutoGradMf",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.UnstableForm));
}
