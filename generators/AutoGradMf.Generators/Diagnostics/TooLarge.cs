using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>An end to what is derived, so that no loss stops the compiler, neither by its terms nor by its code.</summary>
internal static class TooLarge
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.TooLarge,
        "The loss is too large to be derived",
        "Deriving the loss takes more than {0}, or nests too deeply; make a function of its own of numbers that are nested, with [Partial] for its derivatives, multiply fewer matrices, or split the loss into several",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.TooLarge));
}
