using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A domain that is often meant, and that training leaves where nothing keeps it.</summary>
internal static class ArgumentOutsideDomain
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.ArgumentOutsideDomain,
        "The argument of a function may leave its real domain",
        "'{0}' may {1} in training, where {2} of it is NaN; {3}",
        "AutoGradMf",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.ArgumentOutsideDomain));
}
