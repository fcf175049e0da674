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
        _ => Scaled.Of(expression, translator) is { } scaled ? scaled.Logarithm(translator) : OfSquares(expression, translator),
    };

    /// <summary>The logarithm of what is positive by its form, and may overflow or vanish as an exponential does; null of others.</summary>
    public static Expression? OfExponential(Expression expression, Translator translator) =>
        Exponentials.FunctionOf(expression) is not null && Exponentials.Form(expression) is { Factor: Constant { Value: 1 } } form ? form.Exponent
        : expression is Addition && Scaled.Of(expression, translator) is { } scaled ? scaled.Positive(translator)
        : Scaled.OfSum(expression, translator) is { Terms: [{ Rest: Constant { Value: > 0 } }] } sum ? sum.Logarithm(translator)
        : null;

    /// <summary>log(c + w x²) = log c + Log1pSquare(x, w / c), and log(x² + ε) = 2 log √(x² + ε), whose root does not overflow.</summary>
    private static Expression? OfSquares(Expression expression, Translator translator) =>
        !translator.Has([.. Roots.Ingredients, "Log1pSquare"]) ? null
        : Norms.ArrayOf(expression) is not null ? Build.Scaled(2, Build.Apply(translator.Function("Log"), [Norms.Of(expression)]))
        : SumOfSquares.Of(expression) is not { } sum ? null
        : sum is { Rest: Constant { Value: > 0 and var constant }, Terms: [var only] }
            ? Build.Add(Build.Number(Math.Log(constant)), Build.Apply(translator.Function("Log1pSquare"), [only.Base, Build.Scaled(1 / constant, only.Weight)]))
        : Roots.Of(expression, translator) is { } root ? Build.Scaled(2, Build.Apply(translator.Function("Log"), [root]))
        : null;

    /// <summary>1 / x, where x may overflow and what it is multiplied with, too; null if that of its value is as good.</summary>
    public static Expression? Reciprocal(Expression expression, Translator translator) => expression switch
    {
        Power { Exponent: > 0 } power when Exponentials.FunctionOf(power) is not null => Build.Power(power.Base, -power.Exponent),
        Power { Exponent: > 0 } power => Reciprocal(power.Base, translator) is { } reciprocal ? Build.Power(reciprocal, power.Exponent) : null,
        Product { Summed.Count: 0 } product when product.Operands.Select(o => Reciprocal(o, translator)).ToList() is var reciprocals && reciprocals.Exists(r => r is not null) =>
            Build.Multiply([Build.Number(1 / product.Coefficient), .. product.Operands.Zip(reciprocals, (o, r) => r ?? Build.Power(o, -1))]),
        _ => Scaled.Of(expression, translator)?.Reciprocal(translator),
    };

    /// <summary>A numerator with the largest exponential taken out of each of its sums, where it meets that of the denominator: Σ r eᵃ = eᵐ Σ r e^(a − m).</summary>
    public static Expression WithoutSums(Expression numerator, Translator translator) => numerator switch
    {
        Addition sum => Build.Add(sum.Operands.Select(term => WithoutSums(term, translator))),
        Product { Summed.Count: 0 } product => Build.Multiply(product.Operands.Select(o => WithoutSums(o, translator)).Prepend(Build.Number(product.Coefficient))),
        Power { Exponent: > 0 } power => Build.Power(WithoutSums(power.Base, translator), power.Exponent),
        _ => Scaled.OfSum(numerator, translator)?.Shifted(translator) ?? numerator,
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
        public static Term Of(Expression term, Translator translator)
        {
            var (coefficient, product) = Build.SplitCoefficient(term);
            var factors = product is Product { Summed.Count: 0 } p ? p.Operands : [product];
            var exponentials = factors.Where(f => Exponentials.FunctionOf(f) is not null).ToList();
            var sums = factors.Where(f => Scaled.OfSum(f, translator) is { Terms: [{ Rest: Constant { Value: > 0 } }] }).ToList();
            var forms = exponentials.ConvertAll(Exponentials.Form);
            forms.AddRange(sums.Select(f => new ExponentialForm(Build.One, Scaled.OfSum(f, translator)!.Logarithm(translator)!)));
            return new(
                Build.Multiply([Build.Number(coefficient), .. factors.Except(exponentials).Except(sums), .. forms.Select(f => f.Factor)]),
                forms.Count == 0 ? null : Build.Add(forms.Select(f => f.Exponent)),
                sums.Count > 0 || exponentials.Exists(Exponentials.Grows),
                sums.Count > 0 || exponentials.Exists(Exponentials.Vanishes));
        }
    }

    /// <summary>A sum of terms, or of one of them over indices, of which the largest exponential is taken out.</summary>
    private sealed record Scaled(IReadOnlyList<Term> Terms, IndexSet Over)
    {
        /// <summary>Null of what is no sum, or of none that overflows or vanishes as a whole.</summary>
        public static Scaled? Of(Expression expression, Translator translator)
        {
            var scaled = !translator.Has(ExponentialFunctions.Ingredients) ? null
                : expression is Addition addition ? new Scaled([.. addition.Operands.Select(term => Term.Of(term, translator))], IndexSet.Empty)
                : OfSum(expression, translator);
            return scaled is not null && (scaled.Terms.Any(t => t.Grows) || scaled.Terms.All(t => t.Vanishes)) && !scaled.IsDone(translator) ? scaled : null;
        }

        /// <summary>Whether the largest exponential is one, as of what is left of a sum.</summary>
        private bool IsDone(Translator translator) => Terms.Any(t => t.Exponent is not null) && Shift(translator) is Constant { Value: 0 };

        /// <summary>
        /// A sum over indices, of each row or of all elements: those of exponentials in different indices are products of matrices, and those over
        /// observed entries alone look at no others.
        /// </summary>
        public static Scaled? OfSum(Expression expression, Translator translator) =>
            expression is Product { Summed.Count: > 0, Free.Count: <= 1 } sum && sum.Operands.Count(o => Exponentials.FunctionOf(o) is not null) == 1 && sum.Operands.All(o => o.Support is null)
                ? new Scaled([Term.Of(Build.Multiply(sum.Operands), translator)], sum.Summed)
                : null;

        /// <summary>The sum's logarithm where all of its terms are positive: a log-sum-exp of two at a time. Else null.</summary>
        public Expression? Positive(Translator translator)
        {
            if (Over.Count > 0 || !Terms.All(t => t.Rest is Constant { Value: > 0 }))
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

        /// <summary>Of 1 + r eᵃ it is a softplus, since the logarithm of what is left of the 1 would lose its digits where r is small; null if r varies.</summary>
        public Expression? Logarithm(Translator translator)
        {
            if (Positive(translator) is { } logarithm)
            {
                return logarithm;
            }

            var shift = Shift(translator);
            return Over.Count == 0 && Terms.Any(t => t is { Exponent: null, Rest: Constant { Value: 1 } })
                ? Weighted(translator)
                : Build.Add(shift, Build.Apply(translator.Function("Log"), [Remainder(shift, Terms, translator)]));
        }

        private Expression? Weighted(Translator translator) =>
            translator.Has(["WeightedSoftplus"]) && Terms.Count == 2 && Terms.FirstOrDefault(t => t.Exponent is not null) is { } term && !term.Rest.DependsOnFactors()
                ? Build.Apply(translator.Function("WeightedSoftplus"), [term.Exponent!, term.Rest])
                : null;

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

        /// <summary>The sum as its largest exponential times what is left of it.</summary>
        public Expression Shifted(Translator translator)
        {
            var shift = Shift(translator);
            return Build.Multiply(ExponentialFunctions.Exponential(shift, translator), Remainder(shift, Terms, translator));
        }

        /// <summary>The largest exponent, at which the gradient stops. What all of them add stays outside: of what is scaled already nothing is left.</summary>
        private Expression Shift(Translator translator)
        {
            var exponents = Terms.Select(t => t.Exponent ?? Build.Zero).Distinct().ToList();
            var common = exponents.Select(Addends).Aggregate((all, next) => all.Intersect(next)).Where(a => !a.Free.Overlaps(Over)).ToList();
            var largest = Largest(exponents.ConvertAll(e => Build.Add(Addends(e).Except(common))), translator);
            return Build.Add(common.Append(largest)).AsShift();
        }

        private Expression Largest(List<Expression> exponents, Translator translator)
        {
            if (Over.Count > 0)
            {
                // The last first: of a matrix, the largest of each row, and the largest of those.
                var over = Over.ToDictionary(index => index, index => new Index(index.Dimension));
                return over.Values.OrderBy(index => index.Dimension.IsLatent).Reverse()
                    .Aggregate(exponents[0].Rename(over), (exponent, index) => Build.Extreme(ExtremeKind.Max, exponent, index));
            }

            return exponents.OrderBy(e => e is Constant).Aggregate((one, other) => Build.Apply(translator.Function("Max"), [one, other]));
        }

        private static IEnumerable<Expression> Addends(Expression exponent) => exponent is Addition sum ? sum.Operands : [exponent];

        private Expression Remainder(Expression shift, IEnumerable<Term> terms, Translator translator)
        {
            var sum = Build.Add(terms.Select(t => Build.Multiply(
                t.Rest, ExponentialFunctions.Exponential(Build.Add(t.Exponent ?? Build.Zero, Build.Negate(shift)), translator))));
            return Over.Count == 0 ? sum : Build.Contract([sum], Over);
        }
    }
}
