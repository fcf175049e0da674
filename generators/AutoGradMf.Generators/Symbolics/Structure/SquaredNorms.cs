using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Translation.Language;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Sums of squares that functions are applied to, or that a loss adds. Near a perfect fit the terms of an expanded one cancel, and what is left, 1e-16 of them, may be
/// negative: a root or a logarithm of it, and the loss itself, is of its positive part, as the sum itself has no other.
/// </summary>
internal static class SquaredNorms
{
    /// <summary>x above 0, else 0, of what is below 0 by rounding alone: its derivative is that of x.</summary>
    private static ElementwiseFunction PositivePart { get; } = new("Relu", ElementwiseFunction.Library, (_, _) => Build.One);

    /// <summary>The same value; the sums over pairs that are squares, and part of what a function is of, are noted as such.</summary>
    public static Expression Marked(Expression expression) => !expression.SelfAndDescendants().Any(AreOfPairs) ? expression : new Rewriting(e =>
        e is Apply { Function.IsSelection: false } or Power { Exponent: < 0 } ? e.WithOperands(Mark) : e).Apply(expression);

    /// <summary>The same value; the sums over pairs that are squares, and terms of a loss, are noted as such, too.</summary>
    public static Expression MarkedAll(Expression loss) => Mark(Marked(loss));

    /// <summary>The same value, without the notes at sums that were not taken apart.</summary>
    public static Expression Bounded(Expression expression) => !expression.SelfAndDescendants().Any(IsMarked) ? expression : new Rewriting(e => e switch
    {
        Apply apply when IsMarked(apply) => apply.Operands[0] is Product { Summed.Count: > 0 } whole ? whole : apply,
        Apply { Function.IsSelection: false } apply when apply.Operands.FirstOrDefault(IsPositivePart) is { } squares => AtZero(apply, squares),
        _ => e,
    }).Apply(expression);

    /// <summary>
    /// Where a function's derivative at zero is infinite, that of the function of squares is taken as the zero that it tends to:
    /// f(s) as if(0 &lt; s, f(s), f(0)).
    /// </summary>
    private static Expression AtZero(Apply apply, Expression squares)
    {
        Expression[] atZero = [.. apply.Operands.Select(o => ReferenceEquals(o, squares) ? Build.Zero : o)];
        var isFlat = ReferenceEquals(apply.Function, ElementwiseFunction.Norm);
        return isFlat || apply.Function.Partial(Array.IndexOf(apply.Operands, squares), atZero) is null or Constant { Value: not (double.PositiveInfinity or double.NegativeInfinity or double.NaN) }
            ? apply
            : Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, squares, apply, Build.Apply(apply.Function, atZero)]);
    }

    private static Expression Mark(Expression operand) => operand.Replace(e =>
        AreOfPairs(e) ? Build.Apply(PositivePart, [e]) : e is Addition or Product { Summed.Count: 0 } ? null : e);

    /// <summary>Whether it is a sum of squares over pairs of entities, which may be taken apart.</summary>
    private static bool AreOfPairs(Expression expression) => expression is Product { Summed.Count: > 0 } sum
        && Norms.AreSquares(sum) && sum.Summed.Any(i => !i.Dimension.IsLatent) && sum.Operands.Any(Expansion.IsWide);

    private static bool IsPositivePart(Expression operand) => operand switch
    {
        Apply apply => IsMarked(apply),
        Product { Summed.Count: 0, Coefficient: > 0, Operands: [Apply scaled] } => IsMarked(scaled),
        _ => false,
    };

    private static bool IsMarked(Expression expression) => expression is Apply apply && ReferenceEquals(apply.Function, PositivePart);
}
