using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A domain that the types do not show.</summary>
internal static class PowerOfNegative
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.PowerOfNegative,
        "The base of a real power may be negative",
        "'{0}' may be negative, and Pow of a negative number is NaN unless the exponent is whole; take Pow of something that cannot be, such as Abs, Square, Exp or Softplus of it",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.PowerOfNegative));
}
