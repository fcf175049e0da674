using AutoGradMf.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>A loss that could not be read, of which neither the reading nor the compiler says why: the fault is the reading's own.</summary>
internal static class UnexplainedRefusal
{
    /// <summary>What to say of it; null where the loss could be read, or its refusal has a reason.</summary>
    public static Diagnostic? Of(IMethodSymbol loss, ParsedLoss parsed, Compilation compilation, CancellationToken cancellation) =>
        parsed.Generated is not { Body: null } || parsed.Diagnostics.Any(IsError) || DoesNotCompile(loss, compilation, cancellation)
            ? null
            : InternalFailure.Of(loss.ToDisplayString(LossMarks.FullName), "a part of it was not read, and the reason is missing", loss.Locations[0]);

    /// <summary>First of the loss alone, which is where it mostly is: that of everything takes as long as a build.</summary>
    private static bool DoesNotCompile(IMethodSymbol loss, Compilation compilation, CancellationToken cancellation) =>
        loss.DeclaringSyntaxReferences.Any(part => compilation.GetSemanticModel(part.SyntaxTree).GetDiagnostics(part.Span, cancellation).Any(IsError))
        || compilation.GetDiagnostics(cancellation).Any(IsError);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}
