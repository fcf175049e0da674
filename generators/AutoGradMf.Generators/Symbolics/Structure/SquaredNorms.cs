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
            new Rewriting(e => e is Apply { Function.IsSelection: false } apply && Array.FindIndex(apply.Operands, o => FloorsIn(o) is not null) is var place and >= 0 ? AtZero(apply, place) : e).Apply(expression));

    /// <summary>
    /// Where a function's derivative at zero is infinite, that of the function of squares is taken as the zero that it tends to:
    /// f(c s + d t) as if(c s + d t ≤ 0, f(0), f(c s + d t)), where what is not a number, or negative by its weights, stays so.
    /// </summary>
    private static Expression AtZero(Apply apply, int place)
    {
        Expression[] atZero = [.. apply.Operands];
        atZero[place] = Build.Zero;
        var squares = apply.Operands[place];
        var isFlat = ReferenceEquals(apply.Function, ElementwiseFunction.Norm);
        return isFlat || apply.Function.Partial(place, atZero) is null or Constant { Value: not (double.PositiveInfinity or double.NegativeInfinity or double.NaN) }
            ? apply
            : Build.Apply(ElementwiseFunction.IfLessOrEqual, [squares, Build.Add(FloorsIn(squares)!.Distinct()), Build.Apply(apply.Function, atZero), apply]);
    }

    private static Expression Mark(Expression operand) => operand.Replace(e =>
        ConditionsOfPairs(e) is { } conditions ? PartOf(e, conditions)
        : e is Addition sum && CompletedSquares.Of(sum) is { } completed ? Mark(completed)
        : e is Addition or Product { Summed.Count: 0 } ? null
        : e);

    private static Expression PartOf(Expression squares, IReadOnlyList<Expression> conditions) => conditions.Count == 0
        ? Build.Apply(PositivePart, [squares])
        : Build.Apply(PartAbove, [squares, FloorUnder(conditions)]);

    /// <summary>The least that squares can be: 0, and anything where a weight is negative.</summary>
    private static Expression FloorUnder(IReadOnlyList<Expression> conditions) => conditions.Count == 0 ? Build.Zero
        : Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, Build.Add(conditions.Select(Deficit)), Build.Number(double.NegativeInfinity), Build.Zero]);

    /// <summary>How much of data, or of a hyperparameter, is below zero, Σ max(0, −w): of all of it, of which a weight may read a diagonal alone.</summary>
    private static Expression Deficit(Expression weight)
    {
        var all = weight is Leaf leaf ? new Leaf(leaf.Tensor, [.. leaf.Tensor.Dimensions.Select(dimension => new Index(dimension))])
            : weight.Rename(weight.Free.ToDictionary(i => i, i => new Index(i.Dimension)));
        return Build.Contract([.. all.Support?.Indicators(all) ?? [], Build.Apply(PositivePart, [Build.Negate(all)])], all.Free);
    }

    private static bool AreOfPairs(Expression expression) => ConditionsOfPairs(expression) is not null;

    /// <summary>What must not be negative for it to be a sum of squares over pairs of entities, which may be taken apart; null if it is none.</summary>
    private static IReadOnlyList<Expression>? ConditionsOfPairs(Expression expression) => expression is Product { Summed.Count: > 0 } sum
        && sum.Summed.Any(i => !i.Dimension.IsLatent) && sum.Operands.Any(Expansion.IsWide) ? Norms.ConditionsOfSquares(sum) : null;

    /// <summary>The least that squares can be, of those that an operand is a sum of multiples of, whatever the factors are, and of the multiples; null if it is no such sum.</summary>
    private static IReadOnlyList<Expression>? FloorsIn(Expression operand) => operand switch
    {
        _ when ArePositivePart(operand) => [operand.Operands is [_, var floor] ? floor : Build.Zero],
        Product { Summed.Count: 0, Coefficient: > 0 } product when product.Operands.ToLookup(Substitution.DependsOnFactors) is var by
            && by[true].ToList() is [var only] && FloorsIn(only) is { } floors => [.. floors, .. by[false].Select(number => FloorUnder(NonNegativity.Of(number) ?? [number]))],
        Addition sum when sum.Operands.Select(FloorsIn).ToList() is var terms && !terms.Contains(null) => [.. terms.SelectMany(floors => floors!)],
        _ => null,
    };

    /// <summary>Whether it has the positive part of squares in a sum of multiples.</summary>
    public static bool HavePositivePart(Expression expression) =>
        ArePositivePart(expression) || (expression is Addition or Product { Summed.Count: 0 } && Array.Exists(expression.Operands, HavePositivePart));

    /// <summary>Whether it is the positive part of squares, which they are themselves but for rounding.</summary>
    public static bool ArePositivePart(Expression expression) => expression is Apply { Function: var function }
        && (ReferenceEquals(function, PositivePart) || ReferenceEquals(function, PartAbove));
}
