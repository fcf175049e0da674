using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Logarithms, quotients and powers of a sum of powers, which overflows long before they do: where xᵖ, the highest of them, is the largest term of
/// s = w xᵖ + Σ c xᵠ, and b = w + Σ c xᵠ⁻ᵖ, log s is p log |x| + log b, n / s is n x⁻ᵖ / b, and s^r is |x|^(p r) b^r. Of 1 and a square these are functions
/// of their own.
/// </summary>
internal static class HighPowers
{
    /// <summary>The functions that others are written as.</summary>
    public static IReadOnlyList<string> Ingredients { get; } = ["Abs", "Max"];

    /// <summary>By numbers between these what is left of a sum is divided, and stays in range.</summary>
    private const double Least = 1e-15;
    private const double Most = 1e15;

    /// <summary>The logarithm; null of others.</summary>
    public static Expression? Logarithm(Expression expression, Translator translator)
    {
        if (!translator.Has([.. Ingredients, "Log", "Log1p"]) || PowerSum.Of(expression, translator) is not { } sum)
        {
            return null;
        }

        Expression Call(string function, Expression x) => Build.Apply(translator.Function(function), [x]);
        var ofSize = Build.Scaled(sum.Exponent, Call("Log", sum.SizeOfRadix));
        var number = sum.Others.OfType<Constant>().FirstOrDefault();
        return sum.Select(OfSum(number, expression), Build.Add(ofSize, OfSum(sum.Highest.Weight as Constant, sum.BesideWeight)), translator);

        // log(c + r) = log c + log(1 + r / c), which keeps the digits of a small r.
        Expression OfSum(Constant? constant, Expression all) => constant is { Value: > Least and < Most and var c }
            ? Build.Add(Build.Number(Math.Log(c)), Call("Log1p", Build.Scaled(1 / c, Build.Add(all, Build.Number(-c)))))
            : Call("Log", all);
    }

    /// <summary>The reciprocal; null of others.</summary>
    public static Expression? Reciprocal(Expression expression, Translator translator) => Quotient(Build.One, expression, translator);

    /// <summary>A quotient by it; null of others.</summary>
    public static Expression? Quotient(Expression numerator, Expression denominator, Translator translator) =>
        translator.Has(Ingredients) && PowerSum.Of(denominator, translator) is { } sum ? Quotient(numerator, denominator, sum, translator) : null;

    /// <summary>A quotient by a sum of two powers or more, which as one of squares has roots that overflow themselves; null of others.</summary>
    public static Expression? QuotientBySeveral(Expression numerator, Expression denominator, Translator translator) =>
        translator.Has(Ingredients) && PowerSum.Of(denominator, translator) is { } sum && sum.Others.Any(Substitution.DependsOnFactors)
            ? Quotient(numerator, denominator, sum, translator)
            : null;

    private static Expression Quotient(Expression numerator, Expression denominator, PowerSum sum, Translator translator)
    {
        // What is no power of the same stays outside, where sparse data say at which entries there is anything; what is added up meets the power term by term.
        var factors = numerator is Product { Summed.Count: 0 } product ? product.Operands.Prepend(Build.Number(product.Coefficient)) : [numerator];
        var parts = factors.ToLookup(f => sum.HasPower(f) || f is Addition { Support: null });
        var own = Build.Multiply(parts[true]);
        var terms = own is Addition addition ? addition.Operands : [own];
        var overPower = Build.Divide(Build.Add(terms.Select(sum.OverPower)), sum.BesideWeight);
        return Build.Multiply([.. parts[false], sum.Select(Build.Divide(own, denominator), overPower, translator)]);
    }

    /// <summary>A power of it that no factor is in the exponent of; null of others.</summary>
    public static Expression? Power(Expression expression, Expression exponent, Translator translator)
    {
        if (!translator.Has([.. Ingredients, "Pow"]) || PowerSum.Of(expression, translator) is not { } sum)
        {
            return null;
        }

        Expression Pow(Expression radix, Expression power) => Build.Apply(translator.Function("Pow"), [radix, power]);
        var ofPower = Build.Multiply(Pow(sum.SizeOfRadix, Build.Scaled(sum.Exponent, exponent)), Pow(sum.BesideWeight, exponent));
        return sum.Select(Pow(expression, exponent), ofPower, translator);
    }
}
