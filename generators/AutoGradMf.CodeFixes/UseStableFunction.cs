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
/// Log(Cosh(x)), RowLogSumExp(x) for Log(RowSums(Exp(x))), and Expm1(x) for Exp(x) - 1; also where a part of it is a local.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseStableFunction))]
[Shared]
public sealed class UseStableFunction : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.UnstableForm];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (Unstable(node) is not { } written || StableForm(written, semantics) is not var (name, argument, isNegative))
        {
            yield break;
        }

        ExpressionSyntax call = SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression(InScope(name, written.SpanStart, semantics)),
            SyntaxFactory.ArgumentList([SyntaxFactory.Argument(argument.WithoutTrivia())]));
        call = isNegative ? Negated(call) : call;
        yield return new($"Write '{call}'", name, written, call.WithTriviaFrom(written));
    }

    /// <summary>The logarithm that a diagnostic is at, or the difference.</summary>
    private static ExpressionSyntax? Unstable(SyntaxNode node) => node is BinaryExpressionSyntax difference ? difference : node.FirstAncestorOrSelf<InvocationExpressionSyntax>();

    private static (string Name, ExpressionSyntax Argument, bool IsNegative)? StableForm(ExpressionSyntax written, SemanticModel semantics) => written switch
    {
        InvocationExpressionSyntax logarithm => StableForm(logarithm, semantics) is var (name, argument) ? (name, argument, false) : null,
        BinaryExpressionSyntax difference => StableForm(difference, semantics),
        _ => null,
    };

    /// <summary>eˣ − 1 as a function of x.</summary>
    private static (string Name, ExpressionSyntax Argument, bool IsNegative)? StableForm(BinaryExpressionSyntax difference, SemanticModel semantics)
    {
        ExpressionSyntax? Exponent(ExpressionSyntax term) => ArgumentOf(Written(term, semantics), "Exp");
        bool Is(ExpressionSyntax term, double number) =>
            semantics.GetConstantValue(term) is { HasValue: true, Value: double or int } constant && Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture) == number;
        return (difference.Kind(), Exponent(difference.Left), Exponent(difference.Right)) switch
        {
            (SyntaxKind.SubtractExpression, { } x, _) when Is(difference.Right, 1) => ("Expm1", x, false),
            (SyntaxKind.SubtractExpression, _, { } x) when Is(difference.Left, 1) => ("Expm1", x, true),
            (SyntaxKind.AddExpression, _, { } x) when Is(difference.Left, -1) => ("Expm1", x, false),
            _ => null,
        };
    }

    /// <summary>The shortest name of a function of the library that means nothing else at a place.</summary>
    private static string InScope(string name, int place, SemanticModel semantics)
    {
        bool Means(string lookedUp, Func<ISymbol, bool> isMeant) => semantics.LookupSymbols(place, name: lookedUp) is { IsEmpty: false } found && found.All(isMeant);
        return Means(name, s => s.ContainingType?.Name == "LossMath") ? name
            : Means("LossMath", s => s is INamedTypeSymbol { ContainingNamespace: { Name: "AutoGradMf", ContainingNamespace.IsGlobalNamespace: true } }) ? $"LossMath.{name}"
            : $"AutoGradMf.LossMath.{name}";
    }

    /// <summary>The stable function that a logarithm is, and its argument; null if it is written in another way.</summary>
    private static (string Name, ExpressionSyntax Argument)? StableForm(InvocationExpressionSyntax logarithm, SemanticModel semantics)
    {
        ExpressionSyntax? Argument(ExpressionSyntax? call, string function) => call is null ? null : ArgumentOf(Written(call, semantics), function);
        (ExpressionSyntax Left, ExpressionSyntax Right)? Terms(ExpressionSyntax? sum, SyntaxKind kind) =>
            sum is not null && Written(sum, semantics) is BinaryExpressionSyntax both && both.IsKind(kind) ? (both.Left, both.Right) : null;
        bool IsOne(ExpressionSyntax term) =>
            semantics.GetConstantValue(term) is { HasValue: true, Value: double or int } constant && Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture) == 1;

        var inner = ArgumentOf(logarithm, "Log");
        return Argument(inner, "Cosh") is { } x ? ("LogCosh", x)
            : Argument(Argument(inner, "RowSums"), "Exp") is { } rows ? ("RowLogSumExp", rows)
            : Argument(inner, "Sigmoid") is { } sigmoid ? ("LogSigmoid", sigmoid)
            : Terms(inner, SyntaxKind.SubtractExpression) is var (one, less) && IsOne(one) && Argument(less, "Sigmoid") is { } negated ? ("LogSigmoid", Negated(negated))
            : Terms(inner, SyntaxKind.AddExpression) is var (left, right) && Argument(IsOne(left) ? right : IsOne(right) ? left : null, "Exp") is { } exponent ? ("Softplus", exponent)
            : null;
    }

    /// <summary>What an expression is without parentheses, and a local by what it was declared to be: nothing in a loss changes one.</summary>
    private static ExpressionSyntax Written(ExpressionSyntax expression, SemanticModel semantics) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Written(parenthesized.Expression, semantics),
        IdentifierNameSyntax name when semantics.GetSymbolInfo(name).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declared] }
            && declared.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } => Written(value, semantics),
        _ => expression,
    };

    private static ExpressionSyntax? ArgumentOf(ExpressionSyntax call, string function) =>
        call is InvocationExpressionSyntax { ArgumentList.Arguments: [var argument] } invocation
            && (invocation.Expression as SimpleNameSyntax ?? (invocation.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == function
            ? argument.Expression
            : null;

    private static PrefixUnaryExpressionSyntax Negated(ExpressionSyntax expression) => SyntaxFactory.PrefixUnaryExpression(
        SyntaxKind.UnaryMinusExpression,
        expression is BinaryExpressionSyntax or ConditionalExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia()) : expression.WithoutTrivia());
}
