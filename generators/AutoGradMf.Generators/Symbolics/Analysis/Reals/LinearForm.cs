using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// An expression that is linear in what changes with a factor: numbers times predictions and the like, and a number; data are numbers,
/// too.
/// </summary>
/// <param name="Terms">What changes, and what multiplies it, by its key.</param>
/// <param name="Rest">What is added.</param>
internal sealed record LinearForm(IReadOnlyDictionary<Fingerprint, Expression> Terms, Expression Rest)
{
    private static readonly LinearForm Nothing = new(new Dictionary<Fingerprint, Expression>(), Build.Zero);

    /// <summary>Whether an operation on numbers is made of its operands; of anything else the value itself is a number.</summary>
    public static bool IsOperation(Expression expression) => expression is Addition or Product { Summed.Count: 0 } or Power or Apply;

    /// <summary>The form; null if it is linear in nothing.</summary>
    public static LinearForm? Of(Expression expression) => !expression.DependsOnFactors() ? Nothing with { Rest = expression }
        : expression is Addition sum ? sum.Operands.Select(Of).Aggregate(
            (LinearForm?)Nothing, (all, term) => all is null || term is null ? null : all.Plus(term))
        : expression is Product { Summed.Count: 0 } product ? OfProduct(product)
        : IsOperation(expression) ? null
        : new(new Dictionary<Fingerprint, Expression> { [expression.Key] = Build.One }, Build.Zero);

    /// <summary>The numbers c and d by which this is c x + d of another form x; null if it is no such.</summary>
    public (Expression Scale, Expression Shift)? In(LinearForm other)
    {
        if (Terms.Count == 0 || Terms.Count != other.Terms.Count || !other.Terms.TryGetValue(Terms.First().Key, out var first))
        {
            return null;
        }

        var scale = Ratio(Terms.First().Value, first);
        return Terms.All(t => other.Terms.TryGetValue(t.Key, out var coefficient) && Build.Multiply(scale, coefficient).Equals(t.Value))
            ? (scale, Build.Add(Rest, Build.Negate(Expanded(scale, other.Rest))))
            : null;
    }

    /// <summary>The quotient; of sparse data by itself it is 1, where nothing is stored, too.</summary>
    private static Expression Ratio(Expression one, Expression other)
    {
        var ((coefficient, rest), (otherCoefficient, otherRest)) = (Build.SplitCoefficient(one), Build.SplitCoefficient(other));
        return rest.Equals(otherRest) ? Build.Number(coefficient / otherCoefficient) : Build.Divide(one, other);
    }

    private static LinearForm? OfProduct(Product product)
    {
        var changing = product.Operands.Where(Substitution.DependsOnFactors).ToList();
        return changing is [var only]
            ? Of(only)?.Times(Build.Multiply([Build.Number(product.Coefficient), .. product.Operands.Where(o => !ReferenceEquals(o, only))]))
            : null;
    }

    private LinearForm Times(Expression number) =>
        new(Terms.ToDictionary(t => t.Key, t => Build.Multiply(number, t.Value)), Expanded(number, Rest));

    private LinearForm Plus(LinearForm other)
    {
        var terms = Terms.ToDictionary(t => t.Key, t => t.Value);
        foreach (var term in other.Terms)
        {
            terms[term.Key] = terms.TryGetValue(term.Key, out var before) ? Build.Add(before, term.Value) : term.Value;
        }

        return new(terms, Build.Add(Rest, other.Rest));
    }

    private static Expression Expanded(Expression number, Expression sum) =>
        sum is Addition ? Build.Add(sum.Operands.Select(term => Build.Multiply(number, term))) : Build.Multiply(number, sum);
}
