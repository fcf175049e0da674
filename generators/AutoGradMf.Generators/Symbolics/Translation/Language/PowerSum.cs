using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A sum of powers of one expression, of which the highest is not negative, and of what does not depend on the factors.</summary>
/// <param name="Highest">The term of the highest power.</param>
/// <param name="Others">All other terms.</param>
/// <param name="IsOfSize">Whether they are powers of the size of the expression: |x|ᵖ.</param>
/// <param name="SizeOfRadix">|x|.</param>
internal sealed record PowerSum(PowerTerm Highest, IReadOnlyList<Expression> Others, bool IsOfSize, Expression SizeOfRadix)
{
    /// <summary>The sum; null of others, of sparse data, and where the highest power is a square, with functions of its own.</summary>
    public static PowerSum? Of(Expression expression, Translator translator)
    {
        if (expression is not Addition addition)
        {
            return null;
        }

        var terms = addition.Operands.Where(Substitution.DependsOnFactors).ToList();
        var powers = terms.Select(PowerTerm.Of).OfType<PowerTerm>().OrderByDescending(p => p.Exponent).ToList();
        var isOfSize = powers.Exists(p => p.IsOfSize);
        if (powers.Count == 0 || powers.Count < terms.Count || powers[0] is not { Radix: { Support: null } radix } highest
            || !powers.TrueForAll(p => p.Radix.Equals(radix) && (p.IsOfSize == isOfSize || IsEven(p.Exponent)))
            || (isOfSize ? highest.Exponent <= 1 : highest.Exponent <= 2 || !IsEven(highest.Exponent)))
        {
            return null;
        }

        var others = addition.Operands.Where(o => !ReferenceEquals(o, highest.Term)).ToList();
        return new(highest, others, isOfSize, Build.Apply(translator.Function("Abs"), [radix]));
    }

    /// <summary>The exponent of the highest power.</summary>
    public double Exponent => Highest.Exponent;

    /// <summary>All terms but the highest power.</summary>
    public Expression Rest => Build.Add(Others);

    /// <summary>The sum over the highest power, which does not overflow where that is the largest term.</summary>
    public Expression BesideWeight => Build.Add([Highest.Weight, .. Others.Select(OverPower)]);

    /// <summary>A term over the highest power: by a power of its own, since where a quotient is one of infinities it has no value.</summary>
    public Expression OverPower(Expression term) =>
        PowerOf(term) is { } power ? Build.Multiply(power.Weight, Raised(power.Exponent - Exponent)) : Build.Multiply(term, Raised(-Exponent));

    /// <summary>Whether an expression is a multiple of a power of the same.</summary>
    public bool HasPower(Expression expression) => PowerOf(expression) is not null;

    private PowerTerm? PowerOf(Expression term) =>
        PowerTerm.Of(term) is { } power && power.Radix.Equals(Highest.Radix) && (power.IsOfSize == IsOfSize || IsEven(power.Exponent)) ? power : null;

    private Expression Raised(double exponent) =>
        exponent == Math.Floor(exponent) ? Build.Power(IsOfSize && !IsEven(exponent) ? SizeOfRadix : Highest.Radix, (int)exponent)
        : Build.Apply(((Apply)Highest.Power).Function, [IsOfSize ? SizeOfRadix : Highest.Radix, Build.Number(exponent)]);

    private static bool IsEven(double exponent) => exponent % 2 == 0;

    /// <summary>
    /// One value where the rest is the larger term, another one where the power is, and its reciprocal is finite in float, too: with that, a rest
    /// of 0 would make 0 · ∞.
    /// </summary>
    public Expression Select(Expression ofRest, Expression ofPower, Translator translator)
    {
        Expression Size(Expression term) => term is Constant c ? Build.Number(Math.Abs(c.Value))
            : NonNegativity.Of(term) is { Count: 0 } ? term
            : Build.Apply(translator.Function("Abs"), [term]);
        var (least, rest) = (Build.Scaled(LeastPower, Size(Highest.Weight)), Size(Rest));
        var larger = (rest, least) is (Constant a, Constant b) ? Build.Number(Math.Max(a.Value, b.Value)) : Build.Apply(translator.Function("Max"), [rest, least]);
        return Build.Apply(ElementwiseFunction.IfLess, [Highest.Weight is Constant { Value: > 0 } ? Highest.Term : Size(Highest.Term), larger, ofRest, ofPower]);
    }

    /// <summary>Of a base whose reciprocal, to two powers more as in second derivatives, is finite in float.</summary>
    private double LeastPower => Math.Pow(10, -37 * Exponent / (Exponent + 2));
}
