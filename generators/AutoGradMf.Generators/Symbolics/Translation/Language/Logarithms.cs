using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Logarithms and reciprocals of what may overflow or underflow where they themselves do not. Of a sum of positive exponentials it is a
/// log-sum-exp, log(eᵃ + eᵇ) = b + Softplus(a − b); of any other, the largest exponential is taken out of the sum, as a constant to the derivative,
/// which does not depend on it: log Σ r eᵃ = m + log Σ r e^(a − m).
/// </summary>
internal static class Logarithms
{
    /// <summary>How many times the constant a square may weigh: with more, log c and the rest cancel, and the slope's terms overflow.</summary>
    private const double LargestWeight = 1e6;

    /// <summary>The logarithm of an expression; null if none is better than the logarithm of its value.</summary>
    public static Expression? Of(Expression expression, Translator translator) => expression switch
    {
        Apply or Power when Exponentials.FunctionOf(expression) is not null => OfProduct([expression], 1, translator),
        Power power when translator.Has(["Log", "Abs"]) => Build.Scaled(
            power.Exponent, power.Exponent % 2 == 0 ? OfSize(power.Base, translator) : Of(power.Base, translator) ?? Log(power.Base, translator)),
        Product { Summed.Count: 0 } product => OfProduct(product.Operands, product.Coefficient, translator),
        Addition sum when CompletedQuadratic.Of(sum) is { } completed => Of(completed, translator),
        Addition sum when (Differences.Logarithm(sum, translator) ?? OfSumWithRoot(sum, translator)) is { } logarithm => logarithm,
        _ => ScaledSum.Of(expression, translator) is { } scaled ? scaled.Logarithm(translator) : HighPowers.Logarithm(expression, translator) ?? OfSquares(expression, translator),
    };

    /// <summary>log |x|, whatever the sign of x: what is positive by its form is taken out.</summary>
    private static Expression OfSize(Expression x, Translator translator)
    {
        var (coefficient, factors) = x is Product { Summed.Count: 0 } product ? (product.Coefficient, product.Operands) : (1, [x]);
        var logarithms = factors.Select(f => OfExponential(f, translator)).ToList();
        var rest = Build.Multiply([Build.Number(coefficient), .. factors.Where((_, place) => logarithms[place] is null)]);
        return Build.Add([.. logarithms.OfType<Expression>(), Log(rest is Constant c ? Build.Number(Math.Abs(c.Value)) : Build.Apply(translator.Function("Abs"), [rest]), translator)]);
    }

    /// <summary>The logarithm of what is positive by its form, and may overflow or vanish as an exponential does; null of others.</summary>
    public static Expression? OfExponential(Expression expression, Translator translator) =>
        Exponentials.FunctionOf(expression) is not null && Exponentials.Form(expression) is { Factor: Constant { Value: 1 } } form ? form.Exponent
        : expression is Addition && ScaledSum.Of(expression, translator) is { } scaled ? scaled.Positive(translator)
        : ScaledSum.OfSum(expression, translator) is { Terms: [{ Rest: Constant { Value: > 0 } }] } sum ? sum.Logarithm(translator)
        : null;

    /// <summary>
    /// log(c + w x²) = log c + Log1pSquare(x, w / c), unless c is next to nothing beside w, and log(x² + ε) = 2 log √(x² + ε), whose root does not overflow.
    /// </summary>
    private static Expression? OfSquares(Expression expression, Translator translator) =>
        !translator.Has([.. Roots.Ingredients, "Log1pSquare"]) ? null
        : Norms.ArrayOf(expression) is not null ? Build.Scaled(2, Build.Apply(translator.Function("Log"), [Norms.Of(expression)]))
        : SumOfSquares.Of(expression) is not { } sum ? null
        : sum is { Rest: Constant { Value: > 0 and var constant }, Terms: [var only] } && (only.Weight is Constant { Value: var w } ? w : 1) / constant is > 0 and <= LargestWeight
            ? Build.Add(Build.Number(Math.Log(constant)), Build.Apply(translator.Function("Log1pSquare"), [only.Base, Build.Divide(only.Weight, Build.Number(constant))]))
        : Roots.Of(expression, translator) is { } root ? Build.Scaled(2, Build.Apply(translator.Function("Log"), [root]))
        : null;

    /// <summary>log(x + √(x² + c²)) = log c + arsinh(x / c), where x and the root may cancel.</summary>
    private static Expression? OfSumWithRoot(Addition sum, Translator translator) =>
        sum.Operands is [var one, var other] && translator.Has(["Asinh"]) ? WithRoot(one, other, translator) ?? WithRoot(other, one, translator) : null;

    private static Expression? WithRoot(Expression x, Expression root, Translator translator) =>
        root is Apply { Function: { Name: "Hypot", DeclaringType: ElementwiseFunction.Library }, Operands: [Constant { Value: > 0 and var constant }, var side] }
        && (side.Equals(x) || side.Equals(Build.Negate(x)))
            ? Build.Add(Build.Number(Math.Log(constant)), Build.Apply(translator.Function("Asinh"), [Build.Scaled(1 / constant, x)]))
            : null;

    /// <summary>1 / x, where x may overflow and what it is multiplied with, too; null if that of its value is as good.</summary>
    public static Expression? Reciprocal(Expression expression, Translator translator) => expression switch
    {
        Power { Exponent: > 0 } power when Exponentials.FunctionOf(power) is not null => Build.Power(power.Base, -power.Exponent),
        Power { Exponent: > 0 } power => Reciprocal(power.Base, translator) is { } reciprocal ? Build.Power(reciprocal, power.Exponent) : null,
        Product { Summed.Count: 0 } product when product.Operands.Select(o => Reciprocal(o, translator)).ToList() is var reciprocals && reciprocals.Exists(r => r is not null) =>
            Build.Multiply([Build.Number(1 / product.Coefficient), .. product.Operands.Zip(reciprocals, (o, r) => r ?? Build.Power(o, -1))]),
        _ => Differences.Reciprocal(expression, translator) ?? ScaledSum.Of(expression, translator)?.Reciprocal(translator)
            ?? HighPowers.Reciprocal(expression, translator),
    };

    /// <summary>A numerator with the largest exponential taken out of each of its sums, where it meets that of the denominator: Σ r eᵃ = eᵐ Σ r e^(a − m).</summary>
    public static Expression WithoutSums(Expression numerator, Translator translator) => numerator switch
    {
        Addition sum => Build.Add(sum.Operands.Select(term => WithoutSums(term, translator))),
        Product { Summed.Count: 0 } product => Build.Multiply(product.Operands.Select(o => WithoutSums(o, translator)).Prepend(Build.Number(product.Coefficient))),
        Power { Exponent: > 0 } power => Build.Power(WithoutSums(power.Base, translator), power.Exponent),
        _ => ScaledSum.OfSum(numerator, translator)?.Shifted(translator) ?? numerator,
    };

    /// <summary>
    /// log(a b) = log a + log b, where log a is better than the logarithm of the value of a. What has a sign stays together: odd powers, bounded factors of
    /// exponentials, 1 − eˣ, which does not grow where it is positive, and sums and differences, of which two may be negative at once.
    /// </summary>
    private static Expression? OfProduct(Expression[] factors, double coefficient, Translator translator)
    {
        var exponentials = factors.Where(f => Exponentials.FunctionOf(f) is not null && (coefficient > 0 || !ExponentialFunctions.IsExpm1(f))).ToList();
        var forms = exponentials.ConvertAll(Exponentials.Form);
        var others = factors.Except(exponentials)
            .Select(o => (Operand: o, Logarithm: HasSign(o) ? null : Of(o, translator)))
            .ToList();
        if (forms.Count == 0 && others.TrueForAll(l => l.Logarithm is null))
        {
            return null;
        }

        var rest = Build.Multiply([Build.Number(coefficient), .. others.Where(l => l.Logarithm is null).Select(l => l.Operand), .. forms.Select(f => f.Factor)]);
        return Build.Add([.. forms.Select(f => f.Exponent), .. others.Select(l => l.Logarithm).OfType<Expression>(), Log(rest, translator)]);

        bool HasSign(Expression factor) => ExponentialFunctions.IsExpm1(factor)
            || (factor is Power { Exponent: var n, Base: var b } && n % 2 != 0 && Of(b, translator) is null)
            || (factor is Addition && !IsPositive(factor, translator) && (coefficient < 0 || factors.Count(f => !IsPositive(f, translator)) > 1));
    }

    /// <summary>Whether an expression is not negative by its form.</summary>
    private static bool IsPositive(Expression expression, Translator translator) =>
        expression is Power { Exponent: var n } && n % 2 == 0 || OfExponential(expression, translator) is not null || OfSquares(expression, translator) is not null;

    /// <summary>The logarithm of an expression in its best form.</summary>
    public static Expression Log(Expression x, Translator translator) => x is Constant c ? Build.Number(Math.Log(c.Value)) : StableForms.Apply("Log", [x], translator);
}
