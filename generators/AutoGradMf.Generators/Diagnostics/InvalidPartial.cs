using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Checked where it is declared, not where it is used.</summary>
internal static class InvalidPartial
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InvalidPartial,
        "The declared derivative cannot be used",
        "{0}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InvalidPartial));
}
