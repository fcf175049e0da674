using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A constant that float factors turn into zero or infinity.</summary>
internal static class OutOfFloatRange
{
    public static readonly DiagnosticDescriptor Rule = new(
        RuleNames.OutOfFloatRange,
        "A constant is out of the range of float",
        "'{0}' is {1} in an objective of float factors, which is generated beside that of double; use a constant from 1e-45 to 3.4e38, or suppress this if factors are always double",
        "AutoGradMf",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.Of(RuleNames.OutOfFloatRange));
}
