using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A loss is written once, in double.</summary>
internal static class MixedPrecision
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.MixedPrecision,
        "The loss leaves double precision",
        "'{0}' is of type {1}: a loss is written in double alone, and what is generated from it is generic over float and double; {2}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.MixedPrecision));
}
