using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A method without source has no derivative unless it declares one.</summary>
internal static class OpaqueMethod
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.OpaqueMethod,
        "The generator cannot see into a method",
        "The generator cannot see into '{0}', so it has no derivative of it{1}; a function of your own declares its derivative with [Partial]",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.OpaqueMethod));
}
