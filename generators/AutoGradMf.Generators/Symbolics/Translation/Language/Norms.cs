using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The square root of a sum of squares: of all elements, or of each row. Its derivative at zero is zero.</summary>
internal sealed class Norms(bool ofRows) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(ofRows ? arguments[0].Rows : null, null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var argument = arguments[0];
        var summed = new[] { ofRows ? null : argument.Row, argument.Column }.OfType<Index>();

        // A number is taken out before its square can overflow.
        var (coefficient, rest) = Build.SplitCoefficient(argument.Value);
        return new(Build.Scaled(Math.Abs(coefficient), Of(Build.Contract([Build.Power(rest, 2)], summed))), ofRows ? argument.Row : null, null);
    }

    /// <summary>The root of a sum of squares.</summary>
    public static Expression Of(Expression squares)
    {
        var (coefficient, rest) = Build.SplitCoefficient(squares);
        return Build.Scaled(Math.Sqrt(coefficient), Build.Apply(ElementwiseFunction.Norm, [rest]));
    }

    /// <summary>
    /// A sum of squares, and what it is multiplied by, whatever the factors are: the root of a mean is a norm, too, and has its derivative at zero.
    /// Null if it is no multiple of one.
    /// </summary>
    public static (Expression Scale, Expression Squares)? Scaled(Expression expression) =>
        expression is Product { Summed.Count: 0, Operands: [_, _, ..], Coefficient: var coefficient } product && product.Support is null
            && product.Operands.ToLookup(Substitution.DependsOnFactors) is var operands && operands[true].ToList() is [var only] && AreSquares(only)
                ? (Build.Scaled(coefficient, Build.Multiply(operands[false])), only)
                : null;

    /// <summary>What squares are summed of, if that is an array: a kernel has its norm without them. Else null.</summary>
    public static Expression? ArrayOf(Expression squares) =>
        squares is Product { Summed.Count: > 0, Operands: [Power { Exponent: 2, Base: var array }] } sum
            && array.Free.Count <= 2 && array.Support is null && !Expansion.IsWide(array) && sum.Summed.IsSubsetOf(array.Free)
            && !array.SelfAndDescendants().Any(e => e is Leaf { Tensor.IsOneHot: true })
                ? array
                : null;

    /// <summary>Whether it is a sum of squares, or several, whatever the data are.</summary>
    public static bool AreSquares(Expression expression) => ConditionsOfSquares(expression) is { Count: 0 };

    /// <summary>What must not be negative for it to be a sum of squares, or several: what weighs them. Null if it is none.</summary>
    public static IReadOnlyList<Expression>? ConditionsOfSquares(Expression expression) => expression switch
    {
        Addition addition => NonNegativity.OfAll(addition.Operands, ConditionsOfSquares),
        Product { Summed.Count: 0, Coefficient: > 0, Operands: [var only] } => ConditionsOfSquares(only),
        Product { Summed.Count: > 0 } sum when sum.Operands.Any(o => o is Power { Exponent: 2 }) => NonNegativity.OfAll(sum.Operands, NonNegativity.Of),
        _ => null,
    };
}
