using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>The data is sparse and the work is not.</summary>
internal static class AllPairsBesideSparse
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.AllPairsBesideSparse,
        "A sum visits all pairs beside sparse data",
        "'{0}' visits all {1} pairs although the loss has sparse data, because {2}; it costs {3} per evaluation; multiply by Observed({4}) if only the observed entries are meant",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.AllPairsBesideSparse));
}
