using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// The logarithm of a number and a high even power, which overflows long before it: log(c + w xᵖ) is log w + p log |x| + log(1 + c / (w xᵖ)) where the power is
/// the larger, and log c + log(1 + w xᵖ / c) where it is not. Of a square it is one function, <c>Log1pSquare</c>.
/// </summary>
internal static class HighPowers
{
    private const int Least = 4;

    /// <summary>The logarithm; null of others.</summary>
    public static Expression? Logarithm(Expression expression, Translator translator)
    {
        if (expression is not Addition { Operands: [var one, var other] } || !translator.Has(["Log", "Log1p", "Abs"]))
        {
            return null;
        }

        var (constant, term) = one is Constant ? (one, other) : (other, one);
        if (constant is not Constant { Value: > 0 and var c } || Of(term) is not var (weight, power, reciprocal, radix, exponent))
        {
            return null;
        }

        Expression Call(string function, Expression x) => Build.Apply(translator.Function(function), [x]);
        var quotient = Build.Scaled(weight / c, power);
        var small = Build.Add(Build.Number(Math.Log(c)), Call("Log1p", quotient));
        var large = Build.Add(Build.Number(Math.Log(weight)), Build.Scaled(exponent, Call("Log", Call("Abs", radix))), Call("Log1p", Build.Scaled(c / weight, reciprocal)));
        return Build.Apply(ElementwiseFunction.IfLess, [quotient, Build.One, small, large]);
    }

    /// <summary>w xᵖ, with x⁻ᵖ, of an x that depends on the factors, and is no sparse matrix; null if it is none.</summary>
    private static (double Weight, Expression Power, Expression Reciprocal, Expression Radix, double Exponent)? Of(Expression term)
    {
        var (weight, power) = Build.SplitCoefficient(term);
        return weight > 0 && Parts(power) is var (radix, exponent, reciprocal) && exponent >= Least && exponent % 2 == 0 && radix.DependsOnFactors() && radix.Support is null
            ? (weight, power, reciprocal, radix, exponent)
            : null;
    }

    /// <summary>The reciprocal is a power itself: of one over the power, which may be infinite, there would be no derivative.</summary>
    private static (Expression Radix, double Exponent, Expression Reciprocal)? Parts(Expression power) => power switch
    {
        Power { Base: var radix, Exponent: var exponent } => (radix, exponent, Build.Power(radix, -exponent)),
        Apply { Function: { Name: "Pow", DeclaringType: ElementwiseFunction.Library } function, Operands: [var radix, Constant { Value: var exponent }] } =>
            (radix, exponent, Build.Apply(function, [radix, Build.Number(-exponent)])),
        _ => null,
    };
}
