using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>In C#, % and * bind alike.</summary>
internal static class MixedProducts
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.MixedProducts,
        "Matrix and elementwise products are mixed without parentheses",
        "'{0}' is read from the left, as '{1}'; % and * bind alike in C#: write the parentheses",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.MixedProducts));
}
