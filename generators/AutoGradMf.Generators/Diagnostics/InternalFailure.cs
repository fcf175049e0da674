using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>
/// Reported at the loss, once: by the generator where it generates, and by the analyzer where only its review fails; the other losses still build.
/// Each of their steps runs under <see cref="Guard"/>, the one place where what is thrown ends.
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

    /// <summary>What a step gives, or what is made of its failure. A cancellation is none.</summary>
    public static T Guard<T>(Func<T> step, Func<string, T> failed)
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return failed($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    public static Diagnostic Of(string loss, string failure, Location where) => Diagnostic.Create(Rule, where, loss, failure);
}
