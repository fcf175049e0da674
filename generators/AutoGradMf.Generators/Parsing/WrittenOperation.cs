using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Parsing;

/// <summary>The operation that a body or an initializer is.</summary>
internal static class WrittenOperation
{
    /// <summary>What the compiler makes of a piece of source; null if it is nothing that is computed.</summary>
    public static IOperation? OperationOf(this Compilation compilation, SyntaxNode written, CancellationToken cancellation) =>
        compilation.GetSemanticModel(written.SyntaxTree).GetOperation(Bare(written), cancellation);

    /// <summary>Parentheses, checked(…) and x! are no operations of C#: asked for one of these, the compiler knows of none, whatever is inside.</summary>
    private static SyntaxNode Bare(SyntaxNode written) => written switch
    {
        ParenthesizedExpressionSyntax parenthesized => Bare(parenthesized.Expression),
        CheckedExpressionSyntax checkedOrNot => Bare(checkedOrNot.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Bare(sure.Operand),
        _ => written,
    };
}
