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
/// Log(Cosh(x)), and RowLogSumExp(x) for Log(RowSums(Exp(x))); also where a part of it is a local.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseStableFunction))]
[Shared]
public sealed class UseStableFunction : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.UnstableForm];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } logarithm || StableForm(logarithm, semantics) is not var (name, argument))
        {
            yield break;
        }

        var call = SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression(InScope(name, logarithm.SpanStart, semantics)),
            SyntaxFactory.ArgumentList([SyntaxFactory.Argument(argument.WithoutTrivia())]));
        yield return new($"Write '{call}'", name, logarithm, call.WithTriviaFrom(logarithm));
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
