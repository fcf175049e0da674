using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>The generated code is stable already; the loss as written is not.</summary>
internal static class UnstableForm
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.UnstableForm,
        "A stable function says the same",
        "'{0}' overflows or loses its digits where {1} does not; the generated code uses {1}, and so can the loss",
        "AutoGradMf",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.UnstableForm));
}
