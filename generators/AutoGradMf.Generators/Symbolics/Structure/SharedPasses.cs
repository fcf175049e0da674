using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Leaves a sum that third moments would stand for as it is where others visit the pairs in any case and read all that it is of:
/// Σ (U V')³ + Σ e^(U V') is one loop, which has each product once, and a cube beside it is next to nothing. Of terms of a loss alone: the
/// derivative of a function of a sum is known after it, and would take another pass. And beside sums alone that wait for no other sum: others
/// are of a later loop.
/// </summary>
internal static class SharedPasses
{
    /// <summary>The same value, each sum rewritten, or left for the pass that others need.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="rewrite">What becomes of a sum by itself.</param>
    public static Expression Rewrite(Expression expression, Func<Product, Expression> rewrite)
    {
        var rewritten = Rewritten(expression, rewrite);
        if (!HasThirdMoments(rewritten))
        {
            return rewritten;
        }

        var loops = rewritten.SelfAndDescendants().OfType<Product>().Where(sum => StructureStage.IsOverPairs(sum) && !WaitsForSum(sum));
        var visited = new HashSet<Fingerprint>(loops.SelectMany(Reads));
        var terms = new HashSet<Fingerprint>(AddedSums.Of(expression).Select(term => term.Key));
        bool IsTakenAlong(Product sum, Expression own) => terms.Contains(sum.Key) && HasThirdMoments(own) && visited.IsSupersetOf(Reads(sum));
        return visited.Count == 0 ? rewritten : Rewritten(expression, sum => rewrite(sum) is var own && IsTakenAlong(sum, own) ? sum : own);
    }

    private static Expression Rewritten(Expression expression, Func<Product, Expression> rewrite) =>
        new Rewriting(e => e is Product { Summed.Count: > 0 } sum ? rewrite(sum) : e).Apply(expression);

    private static bool HasThirdMoments(Expression expression) =>
        expression.SelfAndDescendants().Any(e => e is Product { Summed.Count: > 0 } sum && Moments.AreThird(sum.Operands));

    /// <summary>Whether there is a sum over entities in it, of which the value is needed at each pair.</summary>
    private static bool WaitsForSum(Product sum) => sum.SelfAndDescendants()
        .Any(e => !ReferenceEquals(e, sum) && e is Product { Summed.Count: > 0 } inner && inner.Summed.Any(i => !i.Dimension.IsLatent));

    /// <summary>The matrices of pairs that a sum reads an element of at each pair: data, and products of thin matrices.</summary>
    private static IEnumerable<Fingerprint> Reads(Product sum) => sum.SelfAndDescendants()
        .Where(e => !ReferenceEquals(e, sum) && Expansion.IsWide(e) && e is Leaf or Product { Summed.Count: > 0 })
        .Select(e => e.Form.Skeleton);
}
