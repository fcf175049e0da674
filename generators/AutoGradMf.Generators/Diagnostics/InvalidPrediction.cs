using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A marked prediction that no model can evaluate.</summary>
internal static class InvalidPrediction
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InvalidPrediction,
        "The marked prediction is not that of the model",
        "'{0}' is marked [Prediction], and no model predicts by it: {1}",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InvalidPrediction));
}
