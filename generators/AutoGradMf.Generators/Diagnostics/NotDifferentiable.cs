using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Never a silent zero.</summary>
internal static class NotDifferentiable
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.NotDifferentiable,
        "The function has no derivative here",
        "'{0}' declares no derivative in argument {1}, which depends on a factor; declare one with [Partial]",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.NotDifferentiable));
}
