using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Square roots of squares and of sums of squares, and quotients by them, without the squares: √(a² + b²) is Hypot(a, b), a quotient of it is
/// OverHypot(a, b), and a² / (a² + b²) is the square of that.
/// </summary>
internal static class Roots
{
    /// <summary>The functions that others are written as.</summary>
    public static IReadOnlyList<string> Ingredients { get; } = ["Abs", "Hypot", "OverHypot"];

    /// <summary>The square root of an expression; null if none is better than the root of its value.</summary>
    public static Expression? Of(Expression radicand, Translator translator) =>
        !translator.Has(Ingredients) || !radicand.DependsOnFactors() ? null
        : radicand is Addition sum ? OfSum(sum.Operands, translator)
        : OfSquare(radicand) is { } root ? Build.Apply(translator.Function("Abs"), [root])
        : null;

    /// <summary>The quotient where the numerator has a square, or a root, of what the denominator is the sum of; else null.</summary>
    public static Expression? Quotient(Expression numerator, Expression denominator, Translator translator) =>
        !translator.Has(Ingredients) ? null : denominator switch
        {
            Apply { Function: { Name: "Hypot", DeclaringType: ElementwiseFunction.Library } } hypot => (Over(numerator, hypot.Operands[0], hypot.Operands[1], 1, translator)
                ?? Over(numerator, hypot.Operands[1], hypot.Operands[0], 1, translator)),
            Addition sum => sum.Operands.Select(term => OfSquare(term) is { } root && OfSum([.. sum.Operands.Where(t => !ReferenceEquals(t, term))], translator) is { } rest
                ? Over(numerator, root, rest, 2, translator)
                : null).FirstOrDefault(quotient => quotient is not null),
            _ => null,
        };

    /// <summary>The numerator over a power of √(root² + rest²), if that power of the root is in it. Sparse ones keep their pattern, as they are.</summary>
    private static Expression? Over(Expression numerator, Expression root, Expression rest, int power, Translator translator)
    {
        var bases = Factors(root).Where(f => f.DependsOnFactors()).ToList();
        return bases is [var only] && only.Support is null && Factors(numerator).Any(f => f is Power p ? p.Exponent >= power && p.Base.Equals(only) : power == 1 && f.Equals(only))
            ? Build.Multiply(numerator, Build.Power(root, -power), Build.Power(Build.Apply(translator.Function("OverHypot"), [root, rest]), power))
            : null;
    }

    /// <summary>The root of a sum of squares, of one as it is; null if a term is none.</summary>
    private static Expression? OfSum(IReadOnlyList<Expression> terms, Translator translator)
    {
        var roots = terms.Select(OfSquare).ToList();
        return roots.Contains(null) ? null : roots.Aggregate((one, other) => Build.Apply(translator.Function("Hypot"), [one!, other!]));
    }

    /// <summary>What an expression is the square of, which may be negative; null if that is not seen.</summary>
    private static Expression? OfSquare(Expression expression)
    {
        var (coefficient, rest) = Build.SplitCoefficient(expression);
        var roots = Factors(rest).Select(f => f is Power { Exponent: var exponent, Base: var root } && exponent % 2 == 0 ? Build.Power(root, exponent / 2) : null).ToList();
        return coefficient <= 0 ? null
            : rest is Constant ? Build.Number(Math.Sqrt(coefficient))
            : roots.Contains(null) ? null
            : Build.Scaled(Math.Sqrt(coefficient), Build.Multiply(roots.OfType<Expression>()));
    }

    private static IReadOnlyList<Expression> Factors(Expression expression) => expression is Product { Summed.Count: 0 } product ? product.Operands : [expression];
}
