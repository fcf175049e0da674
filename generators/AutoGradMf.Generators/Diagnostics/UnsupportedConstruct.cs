using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>What the generator cannot differentiate.</summary>
internal static class UnsupportedConstruct
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.UnsupportedConstruct,
        "This construct is not part of the loss language",
        "'{0}' is not part of the loss language: {1}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.UnsupportedConstruct));
}
