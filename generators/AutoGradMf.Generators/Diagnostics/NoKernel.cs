using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A limit of the library, said plainly.</summary>
internal static class NoKernel
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.NoKernel,
        "The loss needs what no kernel computes",
        "The loss or its gradient needs '{0}' (in the notation of the generated files), which no kernel of the library computes; {1}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.NoKernel));
}
