using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A sum of terms, or of one of them over indices, of which the largest exponential is taken out.</summary>
internal sealed record ScaledSum(IReadOnlyList<ExponentialTerm> Terms, IndexSet Over)
{
    /// <summary>Null of what is no sum, or of none that overflows or vanishes as a whole.</summary>
    public static ScaledSum? Of(Expression expression, Translator translator)
    {
        var scaled = !translator.Has(ExponentialFunctions.Ingredients) ? null
            : expression is Addition addition ? new ScaledSum([.. addition.Operands.Select(term => ExponentialTerm.Of(term, translator))], IndexSet.Empty)
            : OfSum(expression, translator);
        return scaled is not null && (scaled.Terms.Any(t => t.Grows) || scaled.Terms.All(t => t.Vanishes)) && !scaled.IsDone(translator) ? scaled : null;
    }

    /// <summary>Whether the largest exponential is one, as of what is left of a sum.</summary>
    private bool IsDone(Translator translator) => Terms.Any(t => t.Exponent is not null) && Shift(translator) is Constant { Value: 0 };

    /// <summary>
    /// A sum over indices, of each row or of all elements: those of exponentials in different indices are products of matrices, and those over
    /// observed entries alone look at no others.
    /// </summary>
    public static ScaledSum? OfSum(Expression expression, Translator translator)
    {
        if (expression is not Product { Summed.Count: > 0, Free.Count: <= 1 } sum || sum.Operands.Any(o => o.Support is not null))
        {
            return null;
        }

        var exponentials = sum.Operands.Where(o => ExponentialTerm.FormOf(o, translator) is not null).ToList();
        return exponentials.Count > 0 && exponentials.TrueForAll(e => e.Free.SetEquals(exponentials[0].Free))
            ? new ScaledSum([ExponentialTerm.Of(Build.Multiply(sum.Operands), translator)], sum.Summed)
            : null;
    }

    /// <summary>
    /// The sum's logarithm where all of its terms are positive: a log-sum-exp of two at a time. Else null. Constants last, log(1 + s) = Softplus(log s), which
    /// keeps the digits of a small s.
    /// </summary>
    public Expression? Positive(Translator translator)
    {
        if (Over.Count > 0 || !Terms.All(t => t.Rest is Constant { Value: > 0 }))
        {
            return null;
        }

        return Terms.Select(t => Build.Add(Build.Number(Math.Log(((Constant)t.Rest).Value)), t.Exponent ?? Build.Zero))
            .OrderBy(l => l is Constant)
            .Aggregate((sum, next) => Build.Add(next, Softplus(sum, next)));

        Expression Softplus(Expression one, Expression other) =>
            Build.Apply(translator.Function("Softplus"), [Build.Add(one, ExponentialFunctions.Negated(other))]);
    }

    /// <summary>
    /// The sum's logarithm. Beside a 1 it is a weighted softplus, log(1 + r eᵃ + s eᵇ) = log(1 + (r e^(a − m) + s e^(b − m)) eᵐ), where the largest m of the
    /// others is taken out: what is left of the 1 would lose its digits where r and s are small, and be none where they are zero.
    /// </summary>
    public Expression Logarithm(Translator translator)
    {
        if (Positive(translator) is { } logarithm)
        {
            return logarithm;
        }

        if (Over.Count == 0 && Terms.FirstOrDefault(t => t is { Exponent: null, Rest: Constant { Value: 1 } }) is { } one)
        {
            return new ScaledSum([.. Terms.Where(t => !ReferenceEquals(t, one))], Over).LogarithmBesideOne(translator);
        }

        var shift = Shift(translator);
        return Build.Add(shift, Build.Apply(translator.Function("Log"), [Remainder(shift, Terms, translator)]));
    }

    /// <summary>The logarithm of 1 and this.</summary>
    private Expression LogarithmBesideOne(Translator translator)
    {
        if (Terms is [{ Exponent: { } exponent, Rest: var rest }])
        {
            return Build.Apply(translator.Function("WeightedSoftplus"), [exponent, rest]);
        }

        var shift = Shift(translator);
        return Build.Apply(translator.Function("WeightedSoftplus"), [shift, Remainder(shift, Terms, translator)]);
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

    private Expression Remainder(Expression shift, IEnumerable<ExponentialTerm> terms, Translator translator)
    {
        var sum = Build.Add(terms.Select(t => Build.Multiply(
            t.Rest, ExponentialFunctions.Exponential(Build.Add(t.Exponent ?? Build.Zero, Build.Negate(shift)), translator))));
        return Over.Count == 0 ? sum : Build.Contract([sum], Over);
    }
}
