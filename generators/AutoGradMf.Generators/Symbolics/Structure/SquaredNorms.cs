using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Sums of squares that functions are applied to, or that a loss adds. Near a perfect fit the terms of an expanded one cancel, and what is left, 1e-16 of them, may be
/// negative: a root or a logarithm of it, and the loss itself, is of its positive part, as the sum itself has no other.
/// </summary>
internal static class SquaredNorms
{
    /// <summary>x above 0, else 0, of what is below 0 by rounding alone: its derivative is that of x.</summary>
    private static ElementwiseFunction PositivePart { get; } = new("Relu", ElementwiseFunction.Library, (_, _) => Build.One, Signs: ElementwiseFunction.NeverNegative);

    /// <summary>x above a floor, else that: of sums that are squares where what weighs them is not negative, and may be anything where it is.</summary>
    private static ElementwiseFunction PartAbove { get; } = new("Max", ElementwiseFunction.Library, (p, _) => p == 0 ? Build.One : Build.Zero) { IsFlatIn = p => p == 1 };

    /// <summary>The same value; the sums over pairs that are squares, and part of what a function is of, are noted as such.</summary>
    public static Expression Marked(Expression expression) => !expression.SelfAndDescendants().Any(AreOfPairs) ? expression : new Rewriting(e =>
        e is Apply { Function.IsSelection: false } or Power { Exponent: < 0 } ? e.WithOperands(Mark) : e).Apply(expression);

    /// <summary>The same value; the sums over pairs that are squares, and terms of a loss, are noted as such, too.</summary>
    public static Expression MarkedAll(Expression loss) => Mark(Marked(loss));

    /// <summary>The same value, without the notes at sums that were not taken apart.</summary>
    public static Expression Bounded(Expression expression) => !expression.SelfAndDescendants().Any(ArePositivePart) ? expression
        : new Rewriting(e => ArePositivePart(e) && e.Operands[0] is Product { Summed.Count: > 0 } whole ? whole : e).Apply(
            new Rewriting(e => e is Apply { Function.IsSelection: false } apply && Array.FindIndex(apply.Operands, o => SquaresIn(o) is not null) is var place and >= 0 ? AtZero(apply, place) : e).Apply(expression));

    /// <summary>
    /// Where a function's derivative at zero is infinite, that of the function of squares is taken as the zero that it tends to:
    /// f(c s) as if(s ≤ 0, f(0), f(c s)), where s that is not a number stays so.
    /// </summary>
    private static Expression AtZero(Apply apply, int place)
    {
        Expression[] atZero = [.. apply.Operands];
        atZero[place] = Build.Zero;
        var squares = SquaresIn(apply.Operands[place])!;
        var isFlat = ReferenceEquals(apply.Function, ElementwiseFunction.Norm);
        return isFlat || apply.Function.Partial(place, atZero) is null or Constant { Value: not (double.PositiveInfinity or double.NegativeInfinity or double.NaN) }
            ? apply
            : Build.Apply(ElementwiseFunction.IfLessOrEqual, [squares, FloorOf(squares), Build.Apply(apply.Function, atZero), apply]);
    }

    private static Expression Mark(Expression operand) => operand.Replace(e =>
        ConditionsOfPairs(e) is { } conditions ? PartOf(e, conditions) : e is Addition or Product { Summed.Count: 0 } ? null : e);

    private static Expression PartOf(Expression squares, IReadOnlyList<Leaf> conditions) => conditions.Count == 0
        ? Build.Apply(PositivePart, [squares])
        : Build.Apply(PartAbove, [squares, Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, Build.Add(conditions.Select(Deficit)), Build.Number(double.NegativeInfinity), Build.Zero])]);

    /// <summary>How much of data, or of a hyperparameter, is below zero, Σ max(0, −w): of all of it, of which a weight may read a diagonal alone.</summary>
    private static Expression Deficit(Leaf weight)
    {
        var all = new Leaf(weight.Tensor, [.. weight.Tensor.Dimensions.Select(dimension => new Index(dimension))]);
        var deficit = Build.Apply(PositivePart, [Build.Negate(all)]);
        return Build.Contract([all.Support is null ? deficit : Build.Multiply(Translation.Language.Observed.Indicator(all), deficit)], all.Indices);
    }

    /// <summary>What is the least that the positive part can be.</summary>
    private static Expression FloorOf(Expression positivePart) => positivePart.Operands is [_, var floor] ? floor : Build.Zero;

    private static bool AreOfPairs(Expression expression) => ConditionsOfPairs(expression) is not null;

    /// <summary>What must not be negative for it to be a sum of squares over pairs of entities, which may be taken apart; null if it is none.</summary>
    private static IReadOnlyList<Leaf>? ConditionsOfPairs(Expression expression) => expression is Product { Summed.Count: > 0 } sum
        && sum.Summed.Any(i => !i.Dimension.IsLatent) && sum.Operands.Any(Expansion.IsWide) ? Norms.ConditionsOfSquares(sum) : null;

    /// <summary>The squares that an operand is a multiple of, whatever the factors are; null if it is none.</summary>
    private static Expression? SquaresIn(Expression operand) => ArePositivePart(operand) ? operand
        : operand is Product { Summed.Count: 0 } product && product.Operands.Where(Substitution.DependsOnFactors).ToList() is [var only] && ArePositivePart(only) ? only
        : null;

    /// <summary>Whether it is the positive part of squares, which they are themselves but for rounding.</summary>
    public static bool ArePositivePart(Expression expression) => expression is Apply { Function: var function }
        && (ReferenceEquals(function, PositivePart) || ReferenceEquals(function, PartAbove));
}
