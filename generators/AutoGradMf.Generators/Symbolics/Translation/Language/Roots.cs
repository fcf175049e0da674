using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Square roots of squares and of sums of squares, and quotients by them, without the squares: √(a² + b²) is Hypot(a, b), a quotient of it is
/// OverHypot(a, b), and a² / (a² + b²) is the square of that. With an ε of unknown sign in place of b², √(a² + ε) is SmoothAbs(a, ε).
/// </summary>
internal static class Roots
{
    /// <summary>The functions that others are written as.</summary>
    public static IReadOnlyList<string> Ingredients { get; } = ["Abs", "Hypot", "OverHypot", "SmoothAbs", "SmoothSign", "GemanMcClure"];

    /// <summary>The square root of an expression; null if none is better than the root of its value.</summary>
    public static Expression? Of(Expression radicand, Translator translator) =>
        !translator.Has(Ingredients) || !radicand.DependsOnFactors() ? null
        : radicand is Addition sum ? OfSum(sum.Operands, translator) ?? OfSumWithRest(radicand, translator)
        : OfSquare(radicand) is { } root ? Build.Apply(translator.Function("Abs"), [root])
        : null;

    /// <summary>The quotient where the numerator has a square, or a root, of what the denominator is the sum of; else null.</summary>
    public static Expression? Quotient(Expression numerator, Expression denominator, Translator translator)
    {
        if (!translator.Has(Ingredients))
        {
            return null;
        }

        Expression? Over(string function, Expression root, Expression rest, int power, int repeated = 1) => Replaced(
            numerator, root, power * repeated, Build.Power(Build.Apply(translator.Function(function), [root, rest]), repeated));
        return denominator switch
        {
            Apply { Function: { Name: "Hypot", DeclaringType: ElementwiseFunction.Library }, Operands: [var one, var other] } =>
                Over("OverHypot", one, other, 1) ?? Over("OverHypot", other, one, 1),
            Apply { Function: { Name: "SmoothAbs", DeclaringType: ElementwiseFunction.Library }, Operands: [var root, var rest] } => Over("SmoothSign", root, rest, 1),
            Addition sum => sum.Operands.Select(term => OfSquare(term) is { } root && OfSum([.. sum.Operands.Where(t => !ReferenceEquals(t, term))], translator) is { } rest
                ? Over("OverHypot", root, rest, 1, 2)
                : null).FirstOrDefault(quotient => quotient is not null)
                ?? (SumOfSquares.Of(sum) is { Rest: not Constant { Value: 0 } } squares && squares.Root(translator) is { } length ? Over("GemanMcClure", length, squares.Rest, 2) : null),
            _ => null,
        };
    }

    /// <summary>The numerator with the quotient in place of a power of the root, if that is in it. Sparse ones keep their pattern, as they are.</summary>
    private static Expression? Replaced(Expression numerator, Expression root, int power, Expression quotient)
    {
        var bases = Factors(root).Where(f => f.DependsOnFactors()).ToList();
        return bases is [var only] && only.Support is null && Factors(numerator).Any(f => f is Power p ? p.Exponent >= power && p.Base.Equals(only) : power == 1 && f.Equals(only))
            ? Build.Multiply(numerator, Build.Power(root, -power), quotient)
            : null;
    }

    /// <summary>The root of a sum of squares and of what may be negative; null if it is none.</summary>
    private static Expression? OfSumWithRest(Expression radicand, Translator translator) =>
        SumOfSquares.Of(radicand) is { Rest: not Constant } sum && sum.Root(translator) is { } root
            ? Build.Apply(translator.Function("SmoothAbs"), [root, sum.Rest])
            : null;

    /// <summary>The root of a sum of squares, of one as it is; null if a term is none.</summary>
    private static Expression? OfSum(Expression[] terms, Translator translator)
    {
        var roots = terms.Select(OfSquare).ToList();
        return roots.Contains(null) ? null : roots.Aggregate((one, other) => Build.Apply(translator.Function("Hypot"), [one!, other!]));
    }

    /// <summary>What an expression is the square of, which may be negative; null if that is not seen.</summary>
    public static Expression? OfSquare(Expression expression)
    {
        var (coefficient, rest) = Build.SplitCoefficient(expression);
        var roots = Factors(rest).Select(f => f is Power { Exponent: var exponent, Base: var root } && exponent % 2 == 0 ? Build.Power(root, exponent / 2) : null).ToList();
        return coefficient <= 0 ? null
            : rest is Constant ? Build.Number(Math.Sqrt(coefficient))
            : roots.Contains(null) ? null
            : Build.Scaled(Math.Sqrt(coefficient), Build.Multiply(roots.OfType<Expression>()));
    }

    private static Expression[] Factors(Expression expression) => expression is Product { Summed.Count: 0 } product ? product.Operands : [expression];
}
