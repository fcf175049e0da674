using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Square roots of squares and of sums of squares, and quotients by them, without the squares: √(a² + b²) is Hypot(a, b), a quotient of it is
/// OverHypot(a, b), and a² / (a² + b²) is the square of that. With an ε of unknown sign in place of b², √(a² + ε) is SmoothAbs(a, ε), and with
/// a weight of unknown sign, too, √(w a² + ε) is WeightedSmoothAbs(a, w, ε).
/// </summary>
internal static class Roots
{
    /// <summary>The functions that others are written as.</summary>
    public static IReadOnlyList<string> Ingredients { get; } =
        ["Abs", "Hypot", "OverHypot", "SmoothAbs", "SmoothSign", "WeightedSmoothAbs", "WeightedSmoothSign", "GemanMcClure", "OverOnePlusSquare"];

    /// <summary>The least ratio of two numbers that float holds with its reciprocal.</summary>
    private const double Least = 1e-37;

    /// <summary>The square root of an expression; null if none is better than the root of its value.</summary>
    public static Expression? Of(Expression radicand, Translator translator) =>
        !translator.Has(Ingredients) || !radicand.DependsOnFactors() ? null
        : radicand is Addition sum ? CompletedQuadratic.Of(sum) is { } completed
            ? Of(completed, translator)
            : OfSum(sum.Operands, translator) ?? OfSumWithRest(radicand, translator)
        : OfSquare(radicand) is { } root ? IsNeverNegative(root) ? root : Build.Apply(translator.Function("Abs"), [root])
        : null;

    private static bool IsNeverNegative(Expression root) =>
        root is Product { Summed.Count: 0, Coefficient: > 0 } product ? Array.TrueForAll(product.Operands, IsNeverNegative)
            : root is Power { Exponent: var exponent } && exponent % 2 == 0;

    /// <summary>The quotient where the numerator, or a term of it, has a square, or a root, of what the denominator is the sum of; else null.</summary>
    public static Expression? Quotient(Expression numerator, Expression denominator, Translator translator)
    {
        if (OfTerm(numerator, denominator, translator) is { } quotient)
        {
            return quotient;
        }

        var terms = numerator is Addition sum ? sum.Operands.Select(t => (Term: t, Quotient: OfTerm(t, denominator, translator))).ToList() : [];
        return terms.Exists(t => t.Quotient is not null) ? Build.Add(terms.Select(t => t.Quotient ?? Build.Divide(t.Term, denominator))) : null;
    }

    private static Expression? OfTerm(Expression numerator, Expression denominator, Translator translator)
    {
        if (!translator.Has(Ingredients))
        {
            return null;
        }

        Expression? Over(string function, Expression[] arguments, int power, int repeated = 1) => Replaced(
            numerator, arguments[0], power * repeated, Build.Power(Build.Apply(translator.Function(function), arguments), repeated));
        return denominator switch
        {
            Power { Exponent: > 1 and var exponent, Base: var @base } when OfTerm(numerator, @base, translator) is { } quotient =>
                OfTerm(quotient, Build.Power(@base, exponent - 1), translator) ?? Build.Multiply(quotient, Build.Power(@base, 1 - exponent)),
            Addition sum when sum.Operands.Any(IsSquareOfExponential) => null,
            Addition squares when OfPowerOfRoot(numerator, squares, translator) is { } power => power,
            Apply { Function: { Name: "Hypot", DeclaringType: ElementwiseFunction.Library }, Operands: [var one, var other] } =>
                Over("OverHypot", [one, other], 1) ?? Over("OverHypot", [other, one], 1),
            Apply { Function: { Name: "SmoothAbs", DeclaringType: ElementwiseFunction.Library } } root => Over("SmoothSign", root.Operands, 1),
            Apply { Function: { Name: "WeightedSmoothAbs", DeclaringType: ElementwiseFunction.Library } } root => Over("WeightedSmoothSign", root.Operands, 1),
            Addition sum => sum.Operands.Select(term => OfSquare(term) is { } root && OfSum([.. sum.Operands.Where(t => !ReferenceEquals(t, term))], translator) is { } rest
                && !SlopesOfLengths.IsLength(root) ? Over("OverHypot", [root, rest], 1, 2)
                : null).FirstOrDefault(quotient => quotient is not null)
                ?? (SumOfSquares.Of(sum) is { Rest: not Constant { Value: 0 } } squares && squares.Root(translator) is { } length ? Over("GemanMcClure", [length, squares.Rest], 2) : null)
                ?? OfOneSquare(numerator, sum, translator),
            _ => null,
        };
    }

    /// <summary>e²ˣ, of which the root may be infinite where a quotient is not: that of sums of exponentials has them scaled.</summary>
    private static bool IsSquareOfExponential(Expression term) => Factors(term).Any(f => f is Power && Exponentials.FunctionOf(f) is not null);

    /// <summary>x / (c + w x²) with positive numbers c and w, that is OverOnePlusSquare(x, w / c) / w; null if it is none.</summary>
    private static Expression? OfOneSquare(Expression numerator, Addition denominator, Translator translator) =>
        SumOfSquares.Of(denominator) is { Rest: Constant { Value: > 0 and var rest }, Terms: [{ Weight: Constant { Value: > 0 and var weight }, Base: var x }] }
        && weight / rest is > Least and < 1 / Least && !SlopesOfLengths.IsLength(x)
            ? Replaced(numerator, x, 1, Build.Scaled(1 / weight, Build.Apply(translator.Function("OverOnePlusSquare"), [x, Build.Number(weight / rest)])))
            : null;

    /// <summary>rⁿ / S = rⁿ⁻², where r is the root of the sum S; null if the numerator has no such root.</summary>
    private static Expression? OfPowerOfRoot(Expression numerator, Addition squares, Translator translator)
    {
        static bool IsRoot(Expression factor) => ((factor as Power)?.Base ?? factor)
            is Apply { Function.DeclaringType: ElementwiseFunction.Library, Function.Name: "Hypot" or "SmoothAbs" or "WeightedSmoothAbs" };
        return Factors(numerator).Any(IsRoot) && Of(squares, translator) is { } root && Factors(numerator).Any(f => ((f as Power)?.Base ?? f).Equals(root))
            ? Build.Multiply(numerator, Build.Power(root, -2))
            : null;
    }

    /// <summary>The numerator with the quotient in place of a power of the root, if that is in it. Sparse ones keep their pattern, as they are.</summary>
    private static Expression? Replaced(Expression numerator, Expression root, int power, Expression quotient)
    {
        var bases = Factors(root).Where(f => f.DependsOnFactors()).ToList();
        return bases is [var only] && only.Support is null && Factors(numerator).Any(f => Holds(f, only, power))
            ? Build.Multiply(numerator, Build.Power(Build.Power(root, power), -1), quotient)
            : null;
    }

    /// <summary>Whether a factor is a power of a root and perhaps more of what that is a power of.</summary>
    private static bool Holds(Expression factor, Expression root, int power)
    {
        var (radix, exponent) = root is Power { Exponent: > 0 } p ? (p.Base, p.Exponent * power) : (root, power);
        return factor is Power held && held.Base.Equals(radix) ? held.Exponent >= exponent : factor.Equals(Build.Power(root, power));
    }

    /// <summary>The root of a sum of squares and of what may be negative, or of one square with a weight that may be; null if it is none.</summary>
    private static Expression? OfSumWithRest(Expression radicand, Translator translator) => SumOfSquares.Of(radicand) switch
    {
        { Rest: not Constant } sum when sum.Root(translator) is { } root => Build.Apply(translator.Function("SmoothAbs"), [root, sum.Rest]),
        { Terms: [var only], Rest: var rest } when OfSquare(only.Weight) is null =>
            Build.Apply(translator.Function("WeightedSmoothAbs"), [only.Base, only.Weight, rest]),
        _ => null,
    };

    /// <summary>The root of a sum of squares, of one as it is; null if a term is none.</summary>
    private static Expression? OfSum(Expression[] terms, Translator translator)
    {
        var roots = terms.Select(OfSquare).ToList();
        return roots.Contains(null) ? null : Length(roots!, translator);
    }

    /// <summary>√Σ bᵢ².</summary>
    public static Expression Length(IEnumerable<Expression> bases, Translator translator) =>
        bases.OrderByDescending(b => b is Constant).Aggregate((one, other) => Build.Apply(translator.Function("Hypot"), [one, other]));

    /// <summary>What an expression is the square of, which may be negative; null if that is not seen.</summary>
    public static Expression? OfSquare(Expression expression)
    {
        var (coefficient, rest) = Build.SplitCoefficient(expression);
        var roots = Factors(rest).Select(f => f is Power { Exponent: var exponent, Base: var root } && exponent % 2 == 0 ? Build.Power(root, exponent / 2)
            : Norms.ArrayOf(f) is not null ? Norms.Of(f)
            : null).ToList();
        return coefficient <= 0 ? null
            : rest is Constant ? Build.Number(Math.Sqrt(coefficient))
            : roots.Contains(null) ? null
            : Build.Scaled(Math.Sqrt(coefficient), Build.Multiply(roots.OfType<Expression>()));
    }

    private static Expression[] Factors(Expression expression) => expression is Product { Summed.Count: 0 } product ? product.Operands : [expression];
}
