using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A marked prediction that no loss calls.</summary>
internal static class UnusedPrediction
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.UnusedPrediction,
        "No loss calls the marked prediction",
        "'{0}' is marked [Prediction], and no loss calls it, so that no model predicts by it; let the loss call it for the matrix of its predictions, or take [Prediction] off",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.UnusedPrediction));
}
