using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Inlining crosses borders that calls cannot.</summary>
internal static class InaccessibleMember
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.InaccessibleMember,
        "Generated code cannot reach a function or a field",
        "Generated code in '{1}' cannot reach '{0}', which is not accessible there; {2}",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.InaccessibleMember));
}
