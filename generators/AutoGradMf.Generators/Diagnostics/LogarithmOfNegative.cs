using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A domain that is often meant, and that training leaves where nothing keeps it.</summary>
internal static class LogarithmOfNegative
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.LogarithmOfNegative,
        "The argument of a root or a logarithm may become negative",
        "'{0}' may become negative in training, where {1} of it is NaN; factors with [Factor(Min = 0)] or functions such as Exp, Softplus and Square keep it from that",
        "AutoGradMf",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.LogarithmOfNegative));
}
