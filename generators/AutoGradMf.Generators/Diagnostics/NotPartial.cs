using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>The generated types stand inside the user's.</summary>
internal static class NotPartial
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.NotPartial,
        "The type around a loss must be partial",
        "'{0}' holds the loss '{1}' and is not partial; add the modifier 'partial' so that the objective and the trainer can be generated into it",
        "AutoGradMf",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.NotPartial));
}
