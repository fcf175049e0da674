using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Logarithms, reciprocals and powers of a sum of what does not depend on the factors and a high power, which overflows long before they do:
/// log(c + w xᵖ) is p log |x| + log(w + c x⁻ᵖ), its reciprocal x⁻ᵖ / (w + c x⁻ᵖ), and (c + w xᵖ)^q is |x|^(p q) (w + c x⁻ᵖ)^q, where xᵖ is the larger
/// term. Of a square these are functions of their own.
/// </summary>
internal static class HighPowers
{
    private const int LeastEven = 4;
    private const int LeastOfSize = 2;

    /// <summary>A ratio of numbers that is still finite times a power, be it the larger or the smaller term.</summary>
    private const double Most = 1e30;

    /// <summary>The logarithm; null of others.</summary>
    public static Expression? Logarithm(Expression expression, Translator translator)
    {
        if (!translator.Has(["Log", "Log1p", "Abs", "Max"]) || Of(expression) is not { } sum)
        {
            return null;
        }

        Expression Call(string function, Expression x) => Build.Apply(translator.Function(function), [x]);
        var ofSize = Build.Scaled(sum.Exponent, Call("Log", sum.SizeOfRadix(translator)));
        return (sum.Rest, sum.Weight) is (Constant { Value: > 0 and var c }, Constant { Value: > 0 and var w }) && c / w < Most && w / c < Most
            ? sum.Select(
                Build.Add(Build.Number(Math.Log(c)), Call("Log1p", Build.Scaled(w / c, sum.Power))),
                Build.Add(Build.Number(Math.Log(w)), ofSize, Call("Log1p", Build.Scaled(c / w, sum.Reciprocal))),
                translator)
            : sum.Select(Call("Log", expression), Build.Add(ofSize, Call("Log", sum.BesideWeight)), translator);
    }

    /// <summary>The reciprocal; null of others.</summary>
    public static Expression? Reciprocal(Expression expression, Translator translator) => translator.Has(["Abs", "Max"]) && Of(expression) is { } sum
        ? sum.Select(Build.Power(expression, -1), Build.Multiply(sum.Reciprocal, Build.Power(sum.BesideWeight, -1)), translator)
        : null;

    /// <summary>A power of it that no factor is in the exponent of; null of others.</summary>
    public static Expression? Power(Expression expression, Expression exponent, Translator translator)
    {
        if (!translator.Has(["Abs", "Max", "Pow"]) || Of(expression) is not { } sum)
        {
            return null;
        }

        Expression Pow(Expression radix, Expression power) => Build.Apply(translator.Function("Pow"), [radix, power]);
        var ofPower = Build.Multiply(Pow(sum.SizeOfRadix(translator), Build.Scaled(sum.Exponent, exponent)), Pow(sum.BesideWeight, exponent));
        return sum.Select(Pow(expression, exponent), ofPower, translator);
    }

    /// <summary>The expression as such a sum, of a power that is not negative, and that is not of sparse data; null if it is none.</summary>
    private static Sum? Of(Expression expression)
    {
        if (expression is not Addition addition || addition.Operands.Count(Substitution.DependsOnFactors) != 1)
        {
            return null;
        }

        var term = addition.Operands.First(Substitution.DependsOnFactors);
        var (coefficient, product) = Build.SplitCoefficient(term);
        var factors = (product is Product { Summed.Count: 0 } p ? p.Operands : [product]).ToLookup(Substitution.DependsOnFactors);
        return factors[true].ToList() is [var power] && Parts(power) is var (radix, exponent, reciprocal) && radix.Support is null
            && IsOfSize(radix) is var isOfSize && (isOfSize ? exponent > LeastOfSize : exponent >= LeastEven && exponent % 2 == 0)
            ? new(
                Build.Add(addition.Operands.Where(t => !ReferenceEquals(t, term))),
                Build.Multiply(factors[false].Prepend(Build.Number(coefficient))),
                power, reciprocal, radix, exponent, isOfSize)
            : null;
    }

    private static bool IsOfSize(Expression radix) => radix is Apply { Function: { Name: "Abs", DeclaringType: ElementwiseFunction.Library } };

    /// <summary>The reciprocal is a power itself: of one over the power, which may be infinite, there would be no derivative.</summary>
    private static (Expression Radix, double Exponent, Expression Reciprocal)? Parts(Expression power) => power switch
    {
        Power { Base: var radix, Exponent: var exponent } => (radix, exponent, Build.Power(radix, -exponent)),
        Apply { Function: { Name: "Pow", DeclaringType: ElementwiseFunction.Library } function, Operands: [var radix, Constant { Value: var exponent }] } =>
            (radix, exponent, Build.Apply(function, [radix, Build.Number(-exponent)])),
        _ => null,
    };

    /// <summary>rest + weight · radix ^ exponent.</summary>
    private sealed record Sum(Expression Rest, Expression Weight, Expression Power, Expression Reciprocal, Expression Radix, double Exponent, bool IsOfSize)
    {
        /// <summary>|radix|.</summary>
        public Expression SizeOfRadix(Translator translator) => IsOfSize ? Radix : Build.Apply(translator.Function("Abs"), [Radix]);

        /// <summary>The sum over the power: weight + rest · radix ^ −exponent.</summary>
        public Expression BesideWeight => Build.Add(Weight, Build.Multiply(Rest, Reciprocal));

        /// <summary>
        /// One value where the rest is the larger term, another one where the power is, and its reciprocal is finite in float, too: with that, a rest
        /// of 0 would make 0 · ∞.
        /// </summary>
        public Expression Select(Expression ofRest, Expression ofPower, Translator translator) => Build.Apply(
            ElementwiseFunction.IfLess,
            [Size(Build.Multiply(Weight, Power), translator), Larger(Size(Rest, translator), Build.Scaled(LeastPower, Size(Weight, translator)), translator), ofRest, ofPower]);

        /// <summary>Of a base whose reciprocal, to two powers more as in second derivatives, is finite in float.</summary>
        private double LeastPower => Math.Pow(10, -37 * Exponent / (Exponent + 2));

        private static Expression Larger(Expression one, Expression other, Translator translator) => (one, other) is (Constant a, Constant b)
            ? Build.Number(Math.Max(a.Value, b.Value))
            : Build.Apply(translator.Function("Max"), [one, other]);

        private Expression Size(Expression term, Translator translator) => term is Constant c ? Build.Number(Math.Abs(c.Value))
            : Build.SplitCoefficient(term) is (> 0, var rest) && rest.Equals(Power) ? term
            : Build.Apply(translator.Function("Abs"), [term]);
    }
}
