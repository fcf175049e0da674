using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A term of a sum as a number or more times the exponential of an exponent; null if it has none.</summary>
internal sealed record ExponentialTerm(Expression Rest, Expression? Exponent, bool Grows, bool Vanishes)
{
    public static ExponentialTerm Of(Expression term, Translator translator)
    {
        var (coefficient, product) = Build.SplitCoefficient(term);
        var factors = product is Product { Summed.Count: 0 } p ? p.Operands : [product];
        var exponentials = factors.Select(f => (Factor: f, Form: FormOf(f, translator))).Where(e => e.Form is not null).ToList();
        return new(
            Build.Multiply([Build.Number(coefficient), .. factors.Except(exponentials.Select(e => e.Factor)), .. exponentials.Select(e => e.Form!.Factor)]),
            exponentials.Count == 0 ? null : Build.Add(exponentials.Select(e => e.Form!.Exponent)),
            exponentials.Exists(e => Exponentials.FunctionOf(e.Factor) is null || Exponentials.Grows(e.Factor)),
            exponentials.Exists(e => Exponentials.FunctionOf(e.Factor) is null || Exponentials.Vanishes(e.Factor)));
    }

    /// <summary>A factor as an exponential: one by its function, or a sum of positive ones, over indices or not; null of others.</summary>
    public static ExponentialForm? FormOf(Expression factor, Translator translator) =>
        Exponentials.FunctionOf(factor) is not null ? Exponentials.Form(factor)
        : factor is Addition && ScaledSum.Of(factor, translator)?.Positive(translator) is { } logarithm ? new(Build.One, logarithm)
        : ScaledSum.OfSum(factor, translator) is { Terms: [{ Rest: Constant { Value: > 0 } }] } sum ? new(Build.One, sum.Logarithm(translator))
        : null;
}
