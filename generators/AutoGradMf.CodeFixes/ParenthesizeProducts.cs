using System.Collections.Immutable;
using System.Composition;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.CodeFixes;

/// <summary>AGMF0018: writes the parentheses that C# reads, or those around the right product.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParenthesizeProducts))]
[Shared]
public sealed class ParenthesizeProducts : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.MixedProducts];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not BinaryExpressionSyntax { Left: BinaryExpressionSyntax left } whole)
        {
            yield break;
        }

        var asRead = whole.WithLeft(Parenthesized(left));
        yield return new($"Write '{asRead.ToString()}', as it is read", "left", whole, asRead);

        var right = SyntaxFactory.BinaryExpression(whole.Kind(), left.Right, whole.OperatorToken, whole.Right.WithoutTrailingTrivia());
        var regrouped = left.WithRight(Parenthesized(right)).WithTrailingTrivia(whole.GetTrailingTrivia());
        yield return new($"Write '{regrouped.ToString()}'", "right", whole, regrouped);
    }

    private static ParenthesizedExpressionSyntax Parenthesized(ExpressionSyntax expression) =>
        SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()).WithTriviaFrom(expression);
}
