using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Random numbers and clocks have no place in a loss.</summary>
internal static class NotDeterministic
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.NotDeterministic,
        "The loss is not the same twice",
        "'{0}' is not the same from one evaluation to the next ({1} is not deterministic), so the loss would have no gradient; compute it once and pass it as a parameter",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.NotDeterministic));
}
