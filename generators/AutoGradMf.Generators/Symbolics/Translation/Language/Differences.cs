using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Differences of two exponentials or logistic functions, whose digits cancel where these are near each other, as products in which none do:
/// eᵃ − eᵇ = eᵃ (1 − e^(b − a)), and σ(a) − σ(b) = σ(a) σ(−b) (1 − e^(b − a)).
/// </summary>
internal static class Differences
{
    /// <summary>The logarithm of such a difference, and of c − c tanh²(x) = c / cosh²(x); null of others.</summary>
    public static Expression? Logarithm(Addition sum, Translator translator) =>
        sum.Operands is not [var one, var other] || !translator.Has(ExponentialFunctions.Ingredients) ? null
        : OfLogistic(one, other, translator) ?? OfLogistic(other, one, translator)
        ?? OfTangent(one, other, translator) ?? OfTangent(other, one, translator)
        ?? (Parts(sum, translator) is (var first, var exponent) ? Build.Add(first, LogarithmBelowOne(exponent, translator)) : null);

    /// <summary>1 over such a difference; null of others.</summary>
    public static Expression? Reciprocal(Expression expression, Translator translator) =>
        expression is Addition { Operands.Length: 2 } sum && translator.Has(ExponentialFunctions.Ingredients) && Parts(sum, translator) is (var first, var exponent)
            ? Build.Multiply(Build.Number(-1), ExponentialFunctions.Exponential(ExponentialFunctions.Negated(first), translator), Build.Power(Expm1(exponent, translator), -1))
            : null;

    /// <summary>The a and the b − a of eᵃ − eᵇ, of which a number may be the one or the other.</summary>
    private static (Expression First, Expression Exponent)? Parts(Addition sum, Translator translator)
    {
        var terms = sum.Operands.Select(t => ExponentialTerm.Of(t, translator)).OrderByDescending(t => t.Rest is Constant { Value: > 0 }).ToList();
        return terms is [{ Rest: Constant { Value: > 0 } first } positive, { Rest: Constant { Value: < 0 } second } negative]
            && (positive.Grows || negative.Grows || (first.Value == -second.Value && (positive.Exponent ?? negative.Exponent) is not null))
            ? (LogarithmOf(first.Value, positive), Build.Add(LogarithmOf(-second.Value, negative), ExponentialFunctions.Negated(LogarithmOf(first.Value, positive))))
            : null;
    }

    private static Expression LogarithmOf(double coefficient, ExponentialTerm term) => Build.Add(Build.Number(Math.Log(coefficient)), term.Exponent ?? Build.Zero);

    private static Expression? OfLogistic(Expression positive, Expression negative, Translator translator) =>
        Scaled(positive, "Sigmoid") is (> 0 and var coefficient, [var a]) && Scaled(negative, "Sigmoid") is (var opposite, [var b]) && opposite == -coefficient
            ? Build.Add(
                Build.Number(Math.Log(coefficient)),
                Build.Apply(translator.Function("LogSigmoid"), [a]),
                Build.Apply(translator.Function("LogSigmoid"), [ExponentialFunctions.Negated(b)]),
                LogarithmBelowOne(Build.Add(b, ExponentialFunctions.Negated(a)), translator))
            : null;

    private static Expression? OfTangent(Expression one, Expression square, Translator translator) =>
        one is Constant { Value: > 0 and var coefficient } && Build.SplitCoefficient(square) is (var opposite, Power { Exponent: 2, Base: var tangent }) && opposite == -coefficient
        && Scaled(tangent, "Tanh") is (1, [var x])
            ? Build.Add(Build.Number(Math.Log(coefficient)), Build.Scaled(-2, Build.Apply(translator.Function("LogCosh"), [x])))
            : null;

    /// <summary>The number and the argument of a multiple of a function of the library.</summary>
    private static (double Coefficient, Expression[] Arguments)? Scaled(Expression term, string function) =>
        Build.SplitCoefficient(term) is (var coefficient, Apply { Function: { DeclaringType: ElementwiseFunction.Library, Name: var name } } apply) && name == function
            ? (coefficient, apply.Operands)
            : null;

    /// <summary>log(1 − eˣ); of an x = −eᵃ, which may vanish, it is that of Gumbel's distribution at a, as it is of x = −y², at 2 log |y|.</summary>
    private static Expression LogarithmBelowOne(Expression x, Translator translator) =>
        ExponentialTerm.Of(Build.Negate(x), translator) is { Rest: Constant { Value: > 0 and var coefficient }, Exponent: not null, Vanishes: true } term
            ? Build.Apply(translator.Function("LogGumbel"), [LogarithmOf(coefficient, term)])
        : IsEvenPower(Build.Negate(x)) && Logarithms.Of(Build.Negate(x), translator) is { } logarithm ? Build.Apply(translator.Function("LogGumbel"), [logarithm])
        : Logarithms.Log(Build.Negate(Expm1(x, translator)), translator);

    private static bool IsEvenPower(Expression x) => Build.SplitCoefficient(x) is (> 0, Power { Exponent: > 0 and var exponent }) && exponent % 2 == 0;

    private static Expression Expm1(Expression exponent, Translator translator) => Build.Apply(translator.Function("Expm1"), [exponent]);
}
