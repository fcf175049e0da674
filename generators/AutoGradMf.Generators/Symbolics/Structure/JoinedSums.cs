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
            var sum = PairSum.Of(term);
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

    /// <summary>A number times a sum over pairs, or over those of one row or column.</summary>
    /// <param name="Pointwise">What is evaluated at each pair, with the number.</param>
    /// <param name="Rest">What it is multiplied with in the sum.</param>
    /// <param name="Summed">What the sum runs over.</param>
    /// <param name="Support">The pattern of the pairs; null for all.</param>
    private sealed record PairSum(Expression Pointwise, Expression Rest, IndexSet Summed, Support? Support)
    {
        public Expression Value => Build.Contract([Pointwise, Rest], Summed);

        public static PairSum? Of(Expression term)
        {
            var factors = term is Product { Summed.Count: 0 } product ? product.Operands : [term];
            return factors.Where(f => f is not Product { Summed.Count: > 0 }).All(IsPlainNumber) && factors.OfType<Product>().Where(f => f.Summed.Count > 0).ToList() is [var sum]
                ? Of(sum, Build.Multiply(factors.Where(f => !ReferenceEquals(f, sum)).Prepend(Build.Number(Build.SplitCoefficient(term).Coefficient))))
                : null;
        }

        public bool IsOverSame(PairSum other) => Summed.SetEquals(other.Summed) && Rest.Equals(other.Rest)
            && (Support is null ? other.Support is null && Pointwise.Free.SetEquals(other.Pointwise.Free) : Support.Equals(other.Support));

        public PairSum And(PairSum other) => this with { Pointwise = Build.Add(Pointwise, other.Pointwise) };

        private static PairSum? Of(Product sum, Expression scale)
        {
            var support = Support.OfProduct(sum.Operands);
            var pair = support is not null ? IndexSet.Of([support.Row, support.Column]) : sum.Operands.Where(Expansion.IsWide).Select(o => o.Free).FirstOrDefault();
            if (pair is null || pair.Any(i => i.Dimension.IsLatent) || !sum.Summed.IsSubsetOf(pair))
            {
                return null;
            }

            var pointwise = sum.Operands.Where(o => o.Free.IsSubsetOf(pair)).ToList();
            return pointwise.Exists(o => o.Has(TensorRole.Factor) || o.Has(TensorRole.Frozen) || o.Has(TensorRole.Direction))
                ? new(Build.Multiply([scale, .. pointwise]), Build.Multiply(sum.Operands.Except(pointwise)), sum.Summed, support)
                : null;
        }

        /// <summary>Whether it is a number that is known before any sum is.</summary>
        private static bool IsPlainNumber(Expression expression) =>
            expression.Free.Count == 0 && expression.SelfAndDescendants().All(e => e is Constant or Leaf or Addition or Power or Apply or Product { Summed.Count: 0 });
    }
}
