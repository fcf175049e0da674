using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Squares that are written out as sums over pairs: Σ w a² − 2 Σ w a b + Σ w b² is Σ w (a − b)², of which is seen that it is not negative, as it is not of the terms.
/// </summary>
internal static class CompletedSquares
{
    /// <summary>Coefficients that differ by less are one number, which was rounded.</summary>
    private const double Rounding = 1e-15;

    /// <summary>So many terms over the same pairs are looked at together: the square of a sum of five has them.</summary>
    private const int MostTerms = 15;

    /// <summary>The same value, with such terms as one; null if there are none.</summary>
    public static Expression? Of(Addition sum)
    {
        var terms = sum.Operands.Select(PairSum.Of).ToList();
        return terms.OfType<PairSum>().GroupBy(KindOf).Where(like => like.Count() is > 2 and <= MostTerms)
            .Select(like => Completed([.. like]))
            .FirstOrDefault(square => square is not null) is not var (square, used) ? null
            : Build.Add([square, .. sum.Operands.Where((_, place) => terms[place] is not { } term || !used.Contains(term))]);
    }

    /// <summary>Equal for sums that run over pairs of the same entities, of one row or column or of all, and are multiplied with the same.</summary>
    private static Fingerprint KindOf(PairSum sum) =>
        Ordered(sum.Summed).Aggregate(Build.Multiply(Build.SplitCoefficient(sum.Scale).Remainder, sum.Rest).Key, (kind, index) => kind.With(Fingerprint.Of(index.Dimension.Name)));

    private static (Expression Square, HashSet<PairSum> Used)? Completed(IReadOnlyList<PairSum> sums)
    {
        var over = Ordered(sums[0].Summed).ToList();
        var terms = sums.Select(s => new Term(s, s.Pointwise.Rename(Ordered(s.Summed).Zip(over, (from, to) => (from, to)).ToDictionary(name => name.from, name => name.to)))).ToList();
        return terms.Select(first => From(first, terms)).FirstOrDefault(found => found is not null) is not var (square, used) ? null
            : (Build.Contract([used[0].Sum.Scale, square, used[0].Sum.Rest], over), [.. used.Select(term => term.Sum)]);
    }

    /// <summary>What the first term's coefficient is multiplied with in the square of its root and of those that have cross terms with it; and the terms of that.</summary>
    private static (Expression Square, IReadOnlyList<Term> Used)? From(Term first, IReadOnlyList<Term> terms)
    {
        if (first is not { Coefficient: > 0, Root: { } root })
        {
            return null;
        }

        Term? Product(Expression one, Expression other) => Build.Multiply(first.Weight, one, other) is var product ? terms.FirstOrDefault(t => t.Pointwise.Equals(product)) : null;
        var (roots, used) = (new List<(double Coefficient, Expression Value)> { (1, root) }, new List<Term> { first });
        foreach (var term in terms)
        {
            if (term is { Coefficient: > 0, Root: { } other } && term != first && Product(other, other) == term && Product(root, other) is { } cross)
            {
                // The sign that it has beside the first root it has beside all others.
                var coefficient = Math.Sign(cross.Coefficient) * Math.Sqrt(term.Coefficient / first.Coefficient);
                var crossed = roots.Select(r => (Term: Product(r.Value, other), Coefficient: 2 * first.Coefficient * r.Coefficient * coefficient)).ToList();
                if (crossed.TrueForAll(c => c.Term is { } known && IsNearly(known.Coefficient, c.Coefficient)))
                {
                    roots.Add((coefficient, other));
                    used.AddRange(crossed.Select(c => c.Term!).Append(term));
                }
            }
        }

        return roots.Count == 1 ? null : (Build.Multiply(first.Weight, Build.Power(Build.Add(roots.Select(r => Build.Scaled(r.Coefficient, r.Value))), 2)), used);
    }

    private static bool IsNearly(double one, double other) => Math.Abs(one - other) <= Rounding * Math.Abs(other);

    private static IEnumerable<Index> Ordered(IndexSet indices) => indices.OrderBy(i => i.Dimension.Name, StringComparer.Ordinal).ThenBy(i => i.Number);

    /// <summary>A sum over pairs under the indices of another.</summary>
    private sealed class Term
    {
        public Term(PairSum sum, Expression pointwise)
        {
            (Sum, Pointwise, Coefficient) = (sum, pointwise, Build.SplitCoefficient(sum.Scale).Coefficient);
            var factors = (pointwise is Product { Summed.Count: 0 } product ? product.Operands : [pointwise]).ToLookup(f => f is Power { Exponent: > 0 and var exponent } && exponent % 2 == 0);
            Root = factors[true].Any() ? Build.Multiply(factors[true].Cast<Power>().Select(p => Build.Power(p.Base, p.Exponent / 2))) : null;
            Weight = Build.Multiply(factors[false]);
        }

        public PairSum Sum { get; }

        public Expression Pointwise { get; }

        public double Coefficient { get; }

        /// <summary>What it has the square of; null if of nothing.</summary>
        public Expression? Root { get; }

        /// <summary>What that square is multiplied with.</summary>
        public Expression Weight { get; }
    }
}
