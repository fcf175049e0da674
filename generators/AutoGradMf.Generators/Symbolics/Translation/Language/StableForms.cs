using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Applies an elementwise function, in the form that loses no digits: log(σ(x)) is LogSigmoid, log(1 + eˣ) is
/// Softplus, log(1 + x) is Log1p, √Σx² is a norm, arcosh(1 + 2 x²) is 2 arsinh |x|; and a constant stands second in a maximum, so that a tie takes the constant's side.
/// </summary>
internal static class StableForms
{
    public static Expression Apply(string function, Expression[] arguments, Translator translator) => (function, arguments) switch
    {
        ("Log", [Apply { Function: { Name: "Sigmoid", DeclaringType: ElementwiseFunction.Library } } inner]) => Apply("LogSigmoid", inner.Operands, translator),
        ("Log", [var x]) when Logarithms.Of(x, translator) is { } logarithm => logarithm,
        ("Log2", [var x]) when Logarithms.Of(x, translator) is { } logarithm => Build.Scaled(1 / Math.Log(2), logarithm),
        ("Log10", [var x]) when Logarithms.Of(x, translator) is { } logarithm => Build.Scaled(1 / Math.Log(10), logarithm),
        ("Log1p", [var x]) when Logarithms.Of(Sum([Build.One, x], translator), translator) is { } logarithm => logarithm,
        ("Log", [Addition sum]) when PlusOne(sum) is { } rest => Apply("Log1p", [rest], translator),
        ("Exp", [var x]) when ExponentialFunctions.IsLogistic(x) && translator.Has(ExponentialFunctions.Ingredients) => ExponentialFunctions.Exponential(x, translator),
        ("Sqrt", [var x]) when Norms.AreSquares(x) => Norms.Of(x),
        ("Sqrt", [var x]) when Norms.Scaled(x) is var (scale, squares) => Build.Multiply(Build.Apply(translator.Function("Sqrt"), [scale]), Norms.Of(squares)),
        ("Sqrt", [var x]) when Logarithms.OfExponential(x, translator) is { } logarithm => ExponentialFunctions.Exponential(Build.Scaled(0.5, logarithm), translator),
        ("Sqrt", [var x]) when Roots.Of(x, translator) is { } root => root,
        ("Pow", [var x, var power]) when !power.DependsOnFactors() && Logarithms.OfExponential(x, translator) is { } logarithm =>
            ExponentialFunctions.Exponential(Build.Multiply(power, logarithm), translator),
        ("Pow", [Constant { Value: > 0 and < double.PositiveInfinity and not 1 and var radix }, var power]) when power.DependsOnFactors() && translator.Has(ExponentialFunctions.Ingredients) =>
            Build.Apply(translator.Function("Pow") with { Exponential = ExponentialFunctions.OfPower(radix, translator) }, arguments),
        ("Pow", [var x, var power]) when !power.DependsOnFactors() && HighPowers.Power(x, power, translator) is { } ofSum => ofSum,
        ("Cbrt", [var x]) when Roots.Of(x, translator) is { } root => Build.Power(Build.Apply(translator.Function("Cbrt"), [root]), 2),
        ("Pow", [var x, var power]) when Roots.Of(x, translator) is { } root => PowerFunction.IsProduct(Build.Scaled(2, power), out var exponent)
            ? Build.Power(root, exponent)
            : Build.Apply(translator.Function("Pow"), [root, Build.Scaled(2, power)]),
        ("Acosh", [Addition sum]) when PlusOne(sum) is { } rest && Roots.OfSquare(rest) is { } root && translator.Has(["Asinh", "Abs"]) =>
            Build.Scaled(2, Build.Apply(translator.Function("Asinh"), [Build.Scaled(Math.Sqrt(0.5), Build.Apply(translator.Function("Abs"), [root]))])),
        ("Max" or "Min", [var first, var second]) when !first.DependsOnFactors() && second.DependsOnFactors() =>
            Build.Apply(translator.Function(function), [second, first]),
        _ => Build.Apply(translator.Function(function), arguments),
    };

    /// <summary>A quotient, of which no part overflows where it itself does not.</summary>
    public static Expression Divide(Expression numerator, Expression denominator, Translator translator) =>
        HighPowers.QuotientBySeveral(numerator, denominator, translator) is { } bySeveral ? bySeveral
        : Roots.Quotient(numerator, denominator, translator) is { } quotient ? quotient
        : HighPowers.Quotient(numerator, denominator, translator) is { } overPower ? overPower
        : Logarithms.Reciprocal(denominator, translator) is { } reciprocal ? Build.Multiply(Logarithms.WithoutSums(numerator, translator), reciprocal)
        : Build.Divide(numerator, denominator);

    /// <summary>A sum; c − c σ(x) is c σ(−x), which keeps its digits where σ(x) is nearly 1, c ± c tanh(x) is 2 c σ(±2 x), and c + c (eˣ − 1) is c eˣ.</summary>
    public static Expression Sum(IEnumerable<Expression> terms, Translator translator) => Build.Add(terms) switch
    {
        Addition { Operands: [Constant one, var other] } sum => OfComplement(one.Value, other, translator) ?? sum,
        Addition { Operands: [var other, Constant one] } sum => OfComplement(one.Value, other, translator) ?? sum,
        Addition sum => OfMirrored(sum) ?? sum,
        var sum => sum,
    };

    /// <summary>c f(x) − c x as c f(−x), where f is Softplus or LogSigmoid, whatever is added beside: both terms are infinite where x is, and lose the digits of their difference where it is large.</summary>
    private static Expression? OfMirrored(Addition sum)
    {
        foreach (var term in sum.Operands)
        {
            if (Build.SplitCoefficient(term) is (var coefficient, Apply { Function: { Name: "Softplus" or "LogSigmoid", DeclaringType: ElementwiseFunction.Library }, Operands: [var x] } apply)
                && Build.Add([.. sum.Operands.Where(o => !ReferenceEquals(o, term)), .. Terms(x).Select(t => Build.Scaled(coefficient, t))]) is var rest
                && Terms(rest).Length == sum.Operands.Length - 1 - Terms(x).Length)
            {
                return Build.Add([rest, Build.Scaled(coefficient, Build.Apply(apply.Function, [ExponentialFunctions.Negated(x)]))]);
            }
        }

        return null;

        static Expression[] Terms(Expression expression) => expression switch { Constant { Value: 0 } => [], Addition addition => addition.Operands, _ => [expression] };
    }

    private static Expression? OfComplement(double one, Expression other, Translator translator) =>
        Build.SplitCoefficient(other) is (var coefficient, Apply { Function.DeclaringType: ElementwiseFunction.Library, Operands: [var x] } apply) && Math.Abs(coefficient) == Math.Abs(one)
            ? (apply.Function.Name, Math.Sign(coefficient) * Math.Sign(one)) switch
            {
                ("Sigmoid", -1) => Build.Scaled(one, Build.Apply(apply.Function, [ExponentialFunctions.Negated(x)])),
                ("Tanh", var sign) when translator.Has(["Sigmoid"]) => Build.Scaled(2 * one, Build.Apply(translator.Function("Sigmoid"), [Build.Scaled(2 * sign, x)])),
                ("Expm1", 1) when translator.Has(["Exp"]) => Build.Scaled(one, Build.Apply(translator.Function("Exp"), [x])),
                _ => null,
            }
            : null;

    /// <summary>The rest of a sum of it and 1.</summary>
    private static Expression? PlusOne(Addition sum) => sum.Operands.Length == 2
        ? sum.Operands[0] is Constant { Value: 1 } ? sum.Operands[1] : sum.Operands[1] is Constant { Value: 1 } ? sum.Operands[0] : null
        : null;
}
