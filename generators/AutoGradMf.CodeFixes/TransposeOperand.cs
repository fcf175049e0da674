using System.Collections.Immutable;
using System.Composition;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.CodeFixes;

/// <summary>AGMF0003: transposes the operand of an operation that then fits the other, or takes its transposition away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TransposeOperand))]
[Shared]
public sealed class TransposeOperand : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.ShapeMismatch];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (!diagnostic.Properties.TryGetValue(LossAnalyzer.Remedy, out var side) || side is not ("left" or "right") || Operand(node, side == "right") is not { } operand)
        {
            yield break;
        }

        var transposed = Transposed(operand).WithTriviaFrom(operand);
        yield return new($"Write '{transposed.ToString()}'", side, operand, transposed);
    }

    private static ExpressionSyntax? Operand(SyntaxNode operation, bool isRight) => operation switch
    {
        BinaryExpressionSyntax binary => isRight ? binary.Right : binary.Left,
        InvocationExpressionSyntax { ArgumentList.Arguments: [{ NameColon: null } left, { NameColon: null } right] } => (isRight ? right : left).Expression,
        _ => null,
    };

    private static ExpressionSyntax Transposed(ExpressionSyntax operand) => operand switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "T" } transposition => transposition.Expression,
        IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax =>
            Member(operand.WithoutTrivia()),
        _ => Member(SyntaxFactory.ParenthesizedExpression(operand.WithoutTrivia())),
    };

    private static MemberAccessExpressionSyntax Member(ExpressionSyntax of) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, of, SyntaxFactory.IdentifierName("T"));
}
