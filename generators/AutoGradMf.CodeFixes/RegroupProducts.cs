using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.CodeFixes;

/// <summary>AGMF0003: writes parentheses around the products on the right, R % (U * M.T), where R % U * M.T as C# reads it does not fit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegroupProducts))]
[Shared]
public sealed class RegroupProducts : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.ShapeMismatch];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (!diagnostic.Properties.TryGetValue(LossAnalyzer.Remedy, out var remedy) || remedy?.StartsWith(Regrouping.Prefix, StringComparison.Ordinal) != true)
        {
            yield break;
        }

        var around = int.Parse(remedy.Substring(Regrouping.Prefix.Length), CultureInfo.InvariantCulture);
        var inner = (around == 0 && node is BinaryExpressionSyntax outermost ? Bare(outermost.Left) : node) as BinaryExpressionSyntax;
        if (inner is not null && Regrouped(inner, Math.Max(around, 1)) is var (whole, meant))
        {
            yield return new($"Write '{meant.WithoutTrivia().ToString()}'", "regroup", whole, meant);
        }
    }

    /// <summary>A product with those around it taken into its right operand; null if they are written elsewhere.</summary>
    private static (ExpressionSyntax Whole, ExpressionSyntax Meant)? Regrouped(BinaryExpressionSyntax inner, int around)
    {
        ExpressionSyntax whole = inner;
        var right = inner.Right;
        for (var i = 0; i < around; i++)
        {
            if (Parenthesized(whole).Parent is not BinaryExpressionSyntax next || next.Left != Parenthesized(whole))
            {
                return null;
            }

            right = SyntaxFactory.BinaryExpression(next.Kind(), right.WithTrailingTrivia(next.Left.GetTrailingTrivia()), next.OperatorToken, next.Right.WithoutTrailingTrivia());
            whole = next;
        }

        return (whole, inner.WithRight(SyntaxFactory.ParenthesizedExpression(right.WithoutTrivia())).WithTriviaFrom(whole));
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression is ParenthesizedExpressionSyntax parenthesized ? Bare(parenthesized.Expression) : expression;

    /// <summary>With the parentheses that stand around it.</summary>
    private static ExpressionSyntax Parenthesized(ExpressionSyntax expression) => expression.Parent is ParenthesizedExpressionSyntax parenthesized ? Parenthesized(parenthesized) : expression;
}
