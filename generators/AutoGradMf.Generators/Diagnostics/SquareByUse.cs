using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Two sizes that the user may know to be equal, or not have meant to be.</summary>
internal static class SquareByUse
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.SquareByUse,
        "An operation makes data square",
        "'{0}' makes the rows and the columns of {1} one size{3}, so that an objective takes no data there that is not square; if that is meant, declare [Shape(\"{2}\", \"{2}\")] on {1}, and else transpose the operand that stands the wrong way round{4}",
        "AutoGradMf",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.SquareByUse));
}
