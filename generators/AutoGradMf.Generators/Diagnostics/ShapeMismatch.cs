using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Found by unifying symbolic shapes, before anything runs.</summary>
internal static class ShapeMismatch
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.ShapeMismatch,
        "The shapes of two operands do not fit",
        "{0}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.ShapeMismatch));
}
