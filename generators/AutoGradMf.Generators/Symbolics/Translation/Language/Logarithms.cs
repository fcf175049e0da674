using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Logarithms and reciprocals of what may overflow or underflow where they themselves do not. Of a sum of positive exponentials it is a
/// log-sum-exp, log(eᵃ + eᵇ) = b + Softplus(a − b); of any other, the largest exponential is taken out of the sum, as a constant to the derivative,
/// which does not depend on it: log Σ r eᵃ = m + log Σ r e^(a − m).
/// </summary>
internal static class Logarithms
{
    /// <summary>The logarithm of an expression; null if none is better than the logarithm of its value.</summary>
    public static Expression? Of(Expression expression, Translator translator) => expression switch
    {
        Apply when Exponentials.FunctionOf(expression) is not null && Exponentials.Form(expression) is var form =>
            form.Factor is Constant { Value: 1 } ? form.Exponent : Build.Add(form.Exponent, Log(form.Factor, translator)),
        Power power when translator.Has(["Log", "Abs"]) => Build.Scaled(
            power.Exponent, Of(power.Base, translator) ?? Log(power.Exponent % 2 == 0 ? Build.Apply(translator.Function("Abs"), [power.Base]) : power.Base, translator)),
        Product { Summed.Count: 0 } product => OfProduct(product, translator),
        _ => Scaled.Of(expression, translator)?.Logarithm(translator),
    };

    /// <summary>1 / x, where x may overflow and what it is multiplied with, too; null if that of its value is as good.</summary>
    public static Expression? Reciprocal(Expression expression, Translator translator) => expression switch
    {
        Power { Exponent: > 0 } power when Exponentials.FunctionOf(power) is not null => Build.Power(power.Base, -power.Exponent),
        Power { Exponent: > 0 } power => Reciprocal(power.Base, translator) is { } reciprocal ? Build.Power(reciprocal, power.Exponent) : null,
        Product { Summed.Count: 0 } product when product.Operands.Select(o => Reciprocal(o, translator)).ToList() is var reciprocals && reciprocals.Exists(r => r is not null) =>
            Build.Multiply([Build.Number(1 / product.Coefficient), .. product.Operands.Zip(reciprocals, (o, r) => r ?? Build.Power(o, -1))]),
        _ => Scaled.Of(expression, translator)?.Reciprocal(translator),
    };

    /// <summary>log(a b) = log a + log b, where log a is better than the logarithm of the value of a. Odd powers have a sign, and stay together.</summary>
    private static Expression? OfProduct(Product product, Translator translator)
    {
        var logarithms = product.Operands
            .Select(o => (Operand: o, Logarithm: o is Power { Exponent: var n, Base: var b } && n % 2 != 0 && Of(b, translator) is null ? null : Of(o, translator)))
            .ToList();
        if (logarithms.TrueForAll(l => l.Logarithm is null))
        {
            return null;
        }

        var rest = Build.Multiply([Build.Number(product.Coefficient), .. logarithms.Where(l => l.Logarithm is null).Select(l => l.Operand)]);
        return Build.Add(logarithms.Select(l => l.Logarithm).OfType<Expression>().Append(Log(rest, translator)));
    }

    private static Expression Log(Expression x, Translator translator) => x is Constant c ? Build.Number(Math.Log(c.Value)) : StableForms.Apply("Log", [x], translator);

    /// <summary>A term of a sum as a number or more times the exponential of an exponent; null if it has none.</summary>
    private sealed record Term(Expression Rest, Expression? Exponent, bool Grows, bool Vanishes)
    {
        public static Term Of(Expression term)
        {
            var (coefficient, product) = Build.SplitCoefficient(term);
            var factors = product is Product { Summed.Count: 0 } p ? p.Operands : [product];
            var exponentials = factors.Where(f => Exponentials.FunctionOf(f) is not null).ToList();
            var forms = exponentials.ConvertAll(Exponentials.Form);
            return new(
                Build.Multiply([Build.Number(coefficient), .. factors.Except(exponentials), .. forms.Select(f => f.Factor)]),
                forms.Count == 0 ? null : Build.Add(forms.Select(f => f.Exponent)),
                exponentials.Exists(Exponentials.Grows),
                exponentials.Exists(Exponentials.Vanishes));
        }
    }

    /// <summary>A sum of terms, or of one of them over an index, of which the largest exponential is taken out.</summary>
    private sealed record Scaled(IReadOnlyList<Term> Terms, Index? Over)
    {
        /// <summary>
        /// Null of what is no sum, or of none that overflows or vanishes as a whole. A sum over an index is one of each row: those of exponentials in
        /// different indices are products of matrices, and those over observed entries alone look at no others.
        /// </summary>
        public static Scaled? Of(Expression expression, Translator translator)
        {
            var scaled = !translator.Has(ExponentialFunctions.Ingredients) ? null
                : expression is Addition addition ? new Scaled([.. addition.Operands.Select(Term.Of)], null)
                : expression is Product { Summed.Count: 1, Free.Count: 1 } sum && sum.Operands.Count(o => Exponentials.FunctionOf(o) is not null) == 1 && sum.Operands.All(o => o.Support is null)
                ? new Scaled([Term.Of(Build.Multiply(sum.Operands))], sum.Summed.First())
                : null;
            return scaled is not null && (scaled.Terms.Any(t => t.Grows) || scaled.Terms.All(t => t.Vanishes)) ? scaled : null;
        }

        /// <summary>The sum's logarithm where all of its terms are positive: a log-sum-exp of two at a time. Else null.</summary>
        private Expression? Positive(Translator translator)
        {
            if (Over is not null || !Terms.All(t => t.Rest is Constant { Value: > 0 }))
            {
                return null;
            }

            return Terms.Select(t => Build.Add(Build.Number(Math.Log(((Constant)t.Rest).Value)), t.Exponent ?? Build.Zero))
                .OrderByDescending(l => l is Constant)
                .Aggregate((sum, next) => sum is Constant
                    ? Build.Add(sum, Softplus(next, sum))
                    : Build.Add(next, Softplus(sum, next)));

            Expression Softplus(Expression one, Expression other) =>
                Build.Apply(translator.Function("Softplus"), [Build.Add(one, ExponentialFunctions.Negated(other))]);
        }

        /// <summary>Null of 1 + r eᵃ: where r is small, the logarithm of what is left of the 1 would lose its digits.</summary>
        public Expression? Logarithm(Translator translator)
        {
            if (Positive(translator) is { } logarithm)
            {
                return logarithm;
            }

            var shift = Shift(translator);
            return Over is null && Terms.Any(t => t is { Exponent: null, Rest: Constant { Value: 1 } })
                ? null
                : Build.Add(shift, Build.Apply(translator.Function("Log"), [Remainder(shift, Terms, translator)]));
        }

        public Expression Reciprocal(Translator translator)
        {
            // What is added to an exponent is lost beside a large one, though not beside the difference of two.
            if (Terms.Count == 2 && Terms.All(t => t.Exponent is null || t.Rest is Constant { Value: 1 }) && Positive(translator) is { } logarithm)
            {
                return ExponentialFunctions.Exponential(ExponentialFunctions.Negated(logarithm), translator);
            }

            var shift = Shift(translator);
            return Build.Multiply(ExponentialFunctions.Exponential(Build.Negate(shift), translator), Build.Power(Remainder(shift, Terms, translator), -1));
        }

        /// <summary>The largest exponent, at which the gradient stops.</summary>
        private Expression Shift(Translator translator)
        {
            if (Over is not null)
            {
                var over = new Index(Over.Dimension);
                return Build.Extreme(ExtremeKind.Max, Terms[0].Exponent!.Rename(Over, over), over).Freeze();
            }

            return Terms.Select(t => t.Exponent ?? Build.Zero).Distinct()
                .OrderBy(e => e is Constant)
                .Aggregate((one, other) => Build.Apply(translator.Function("Max"), [one, other])).Freeze();
        }

        private Expression Remainder(Expression shift, IEnumerable<Term> terms, Translator translator)
        {
            var sum = Build.Add(terms.Select(t => Build.Multiply(
                t.Rest, ExponentialFunctions.Exponential(Build.Add(t.Exponent ?? Build.Zero, Build.Negate(shift)), translator))));
            return Over is null ? sum : Build.Contract([sum], [Over]);
        }
    }
}
