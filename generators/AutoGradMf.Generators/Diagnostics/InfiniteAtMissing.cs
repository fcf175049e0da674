using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Infinite wherever sparse data store nothing.</summary>
internal static class InfiniteAtMissing
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InfiniteAtMissing,
        "A function is infinite where sparse data store nothing",
        "'{0}' is infinite where '{1}' stores nothing, since what is missing is zero; multiply it by 'Observed({1})' to look at stored entries only",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InfiniteAtMissing));
}
