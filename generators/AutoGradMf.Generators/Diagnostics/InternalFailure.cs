using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>
/// Reported by the generator, which knows no places, and by the analyzer at the loss if the fault is before emission; the other losses still build.
/// </summary>
internal static class InternalFailure
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InternalFailure,
        "The generator failed",
        "AutoGradMf could not compile the loss '{0}', and the fault is its own: {1}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InternalFailure));

    public static Diagnostic Of(LossModel loss, Exception failure, Location where) => Of(loss.FullName, failure, where);

    public static Diagnostic Of(string loss, Exception failure, Location where) =>
        Diagnostic.Create(Rule, where, loss, $"{failure.GetType().Name}: {failure.Message}");
}
