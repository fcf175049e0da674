using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Generated code would hold the value of another time.</summary>
internal static class MutableState
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.MutableState,
        "The loss reads what can change",
        "'{0}' may change between evaluations, and the generated code would not notice; make it const or static readonly, or pass it as a parameter",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.MutableState));
}
