using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.CodeFixes;

/// <summary>
/// AGMF0020: writes Softplus(x) for Log(1 + Exp(x)), LogSigmoid(x) for Log(Sigmoid(x)), LogSigmoid(-x) for Log(1 - Sigmoid(x)), LogCosh(x) for
/// Log(Cosh(x)), and RowLogSumExp(x) for Log(RowSums(Exp(x))).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseStableFunction))]
[Shared]
public sealed class UseStableFunction : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.UnstableForm];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } logarithm || StableForm(logarithm) is not var (name, argument))
        {
            yield break;
        }

        var isInScope = semantics.LookupSymbols(logarithm.SpanStart, name: name).Any(s => s.ContainingType?.Name == "LossMath");
        var call = SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression(isInScope ? name : $"AutoGradMf.LossMath.{name}"),
            SyntaxFactory.ArgumentList([SyntaxFactory.Argument(argument.WithoutTrivia())]));
        yield return new($"Write '{call}'", name, logarithm, call.WithTriviaFrom(logarithm));
    }

    /// <summary>The stable function that a logarithm is, and its argument; null if it is written in another way.</summary>
    private static (string Name, ExpressionSyntax Argument)? StableForm(InvocationExpressionSyntax logarithm) => ArgumentOf(logarithm, "Log") switch
    {
        InvocationExpressionSyntax cosh when ArgumentOf(cosh, "Cosh") is { } x => ("LogCosh", x),
        InvocationExpressionSyntax sums when ArgumentOf(sums, "RowSums") is { } exponentials && ArgumentOf(exponentials, "Exp") is { } x => ("RowLogSumExp", x),
        InvocationExpressionSyntax sigmoid when ArgumentOf(sigmoid, "Sigmoid") is { } x => ("LogSigmoid", x),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference when IsOne(difference.Left) && ArgumentOf(difference.Right, "Sigmoid") is { } x =>
            ("LogSigmoid", Negated(x)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when IsOne(sum.Left) && ArgumentOf(sum.Right, "Exp") is { } x => ("Softplus", x),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when IsOne(sum.Right) && ArgumentOf(sum.Left, "Exp") is { } x => ("Softplus", x),
        _ => null,
    };

    private static ExpressionSyntax? ArgumentOf(ExpressionSyntax call, string function) =>
        call is InvocationExpressionSyntax { ArgumentList.Arguments: [var argument] } invocation
            && (invocation.Expression as SimpleNameSyntax ?? (invocation.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == function
            ? argument.Expression
            : null;

    private static PrefixUnaryExpressionSyntax Negated(ExpressionSyntax expression) => SyntaxFactory.PrefixUnaryExpression(
        SyntaxKind.UnaryMinusExpression,
        expression is BinaryExpressionSyntax or ConditionalExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()) : expression.WithoutTrivia());

    private static bool IsOne(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression, Token.Value: { } value }
        && Convert.ToDouble(value, CultureInfo.InvariantCulture) == 1;
}
