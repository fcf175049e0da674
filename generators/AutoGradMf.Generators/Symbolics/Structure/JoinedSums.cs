using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Makes one sum of those over the same pairs with the same other operands, for one function of each pair is cheaper than two:
/// Σ_j A_ij V_jk + c Σ_j B_ij V_jk is Σ_j (A_ij + c B_ij) V_jk. What data fixes stays apart, and is summed once.
/// </summary>
internal static class JoinedSums
{
    /// <summary>The same value, with fewer sums.</summary>
    public static Expression Join(Expression expression) => new Rewriting(e => e is Addition addition ? Joined(addition) : e).Apply(expression);

    private static Expression Joined(Addition addition)
    {
        var terms = new List<(Expression Term, PairSum? Sum)>();
        foreach (var term in addition.Operands)
        {
            var sum = PairSum.Of(term) is { } found && !IsFixed(found.Pointwise) ? found : null;
            var earlier = sum is null ? -1 : terms.FindIndex(t => t.Sum?.IsOverSame(sum) == true);
            if (earlier < 0)
            {
                terms.Add((term, sum));
            }
            else
            {
                var both = terms[earlier].Sum!.And(sum!);
                terms[earlier] = (both.Value, both);
            }
        }

        return terms.Count == addition.Operands.Length ? addition : Build.Add(terms.Select(t => t.Term));
    }

    private static bool IsFixed(Expression expression) =>
        !expression.Has(TensorRole.Factor) && !expression.Has(TensorRole.Frozen) && !expression.Has(TensorRole.Direction);
}
