using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Terms of a sum that differ in what changes with a factor alone, as one product: Σ_j a(x_ij) V_jk V_jl + Σ_j b(x_ij) V_jk V_jl with a +
/// b.
/// </summary>
/// <param name="Operands">Of the product.</param>
/// <param name="Summed">What it is summed over.</param>
internal sealed record LikeTerms(IReadOnlyList<Expression> Operands, IndexSet Summed)
{
    /// <summary>The same value, with like terms of each sum as one.</summary>
    public static Expression Collect(Expression expression, Func<Expression, bool> isCommon) =>
        new Rewriting(e => e is Addition sum && e.DependsOnFactors()
            ? Build.Add(Of(sum, isCommon).Select(like => Build.Contract(like.Operands, like.Summed)))
            : e).Apply(expression);

    /// <summary>The terms of a sum, like ones together.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="isCommon">Whether an operand is one of those that they must have in common.</param>
    public static List<LikeTerms> Of(Addition sum, Func<Expression, bool> isCommon)
    {
        var groups = new List<(Fingerprint Key, IndexSet Summed, List<Expression> Common, List<Expression> Terms)>();
        foreach (var (scale, operands, summed) in sum.Operands.Select(Opened))
        {
            var place = groups.FindIndex(g => AreLike(g.Summed, summed));
            var names = place >= 0 && summed.Count == 1 ? summed.ToDictionary(i => i, _ => groups[place].Summed.First()) : [];
            var renamed = operands.Select(o => names.Count == 0 ? o : o.Rename(names)).ToLookup(isCommon);
            var (common, rest) = (renamed[true].ToList(), Build.Multiply([Build.Number(scale), .. renamed[false]]));
            var key = Build.Multiply(common).Key;
            var over = place >= 0 ? groups[place].Summed : summed;
            if (groups.Find(g => g.Key == key && g.Summed.SetEquals(over)) is { Terms: { } terms })
            {
                terms.Add(rest);
            }
            else
            {
                groups.Add((key, over, common, [rest]));
            }
        }

        return groups.ConvertAll(g => new LikeTerms([Build.Add(g.Terms), .. g.Common], g.Summed));
    }

    private static bool AreLike(IndexSet one, IndexSet other) =>
        one.SetEquals(other) || (one.Count == 1 && other.Count == 1 && one.First().Dimension.Equals(other.First().Dimension));

    /// <summary>A term as a number times a sum of a product.</summary>
    private static (double Scale, IReadOnlyList<Expression> Operands, IndexSet Summed) Opened(Expression term) => term switch
    {
        Product { Summed.Count: > 0 } sum => (1, sum.Operands, sum.Summed),
        Product { Coefficient: var scale, Operands: [Product { Summed.Count: > 0 } sum] } => (scale, sum.Operands, sum.Summed),
        Product product => (product.Coefficient, product.Operands, product.Summed),
        _ => (1, [term], []),
    };
}
