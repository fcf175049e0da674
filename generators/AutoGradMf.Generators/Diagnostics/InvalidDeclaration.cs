using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>What the method itself must be.</summary>
internal static class InvalidDeclaration
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InvalidDeclaration,
        "The loss is not declared as one",
        "The loss '{0}' {1}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InvalidDeclaration));
}
