using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Takes a sum over the entries that two patterns have in common along with one over all entries of the first, and reads zeros where the other pattern
/// has none: Σ_R f(x) + Σ_R∩S g(x) is one pass over R, and computes each x = u_i · v_j once. So is Σ_R f(x) + ⟨R V, U⟩: where the pass has x, Σ r x is
/// next to nothing.
/// </summary>
internal static class PartialPatterns
{
    /// <summary>The same value, with sums taken along that need no other products of factors than the pass that takes them.</summary>
    public static Expression Join(Expression expression) => Joined(expression, (part, whole) =>
        whole.IsPass && (!part.IsPass || part.IsSmaller(whole)) && part.ProductsAt(whole).IsSubsetOf(whole.ProductsAt(whole)));

    /// <summary>The same value, with each sum over a part of a pattern taken along, whatever that costs: all then read the same entries.</summary>
    public static Expression JoinAll(Expression expression) => Joined(expression, (part, whole) => part.IsSmaller(whole));

    private static Expression Joined(Expression expression, Func<EntrySum, EntrySum, bool> isTaken)
    {
        var sums = expression.SelfAndDescendants().Select(EntrySum.Of).OfType<EntrySum>().ToList();
        if (sums.Count < 2)
        {
            return expression;
        }

        var added = expression.SelfAndDescendants().Where(e => e is Addition { Free.Count: 0 }).Prepend(expression)
            .Select(e => new HashSet<Fingerprint>(AddedSums.Of(e).Select(term => term.Key))).ToList();

        // The derivative of a function of a sum is known after it, and takes another pass: over the entries of a smaller part alone, unless the
        // whole waits, too.
        bool IsInTime(EntrySum part, EntrySum whole) => !part.IsSmaller(whole)
            || added[0].Contains(part.Sum.Key) || added.Exists(terms => terms.Contains(part.Sum.Key) && terms.Contains(whole.Sum.Key));
        EntrySum? WholeOf(EntrySum part) => sums
            .Where(whole => !whole.Sum.Equals(part.Sum) && part.IsWithin(whole) && isTaken(part, whole) && IsInTime(part, whole))
            .OrderBy(whole => whole.Support.Patterns.Count)
            .FirstOrDefault();
        return new Rewriting(e => EntrySum.Of(e) is { } part && WholeOf(part) is { } whole ? part.Over(whole) : e).Apply(expression);
    }

    /// <summary>Sparse data where that is stored on the pattern of other data, beside zeros.</summary>
    public static Tensor Part(Tensor sparse, Tensor whole) =>
        whole with { Name = $"{sparse.Name} on {whole.Pattern}", IsIndicator = false, Source = sparse, Inner = null };

    /// <summary>A sum over the entries of a pattern.</summary>
    /// <param name="Sum">The sum.</param>
    /// <param name="Term">The term of an entry.</param>
    /// <param name="Support">The pattern.</param>
    /// <param name="IsPass">Whether products of factors are evaluated entry by entry; else the entries are multiplied with factors, as a sparse matrix.</param>
    private sealed record EntrySum(Product Sum, Expression Term, Support Support, bool IsPass)
    {
        public static EntrySum? Of(Expression expression)
        {
            if (expression is not Product { Summed.Count: > 1, Free.Count: 0 } sum || Support.OfProduct(sum.Operands) is not { } support)
            {
                return null;
            }

            var pair = IndexSet.Of([support.Row, support.Column]);
            var features = sum.Summed.Except(pair);
            return pair.Count == 2 && pair.IsSubsetOf(sum.Summed) && features.All(i => i.Dimension.IsLatent)
                ? new(sum, Build.Contract(sum.Operands, features), support, features.Count == 0)
                : null;
        }

        /// <summary>Whether its entries are all among those of another sum.</summary>
        public bool IsWithin(EntrySum whole) => Support.Row.Dimension == whole.Support.Row.Dimension
            && Support.Column.Dimension == whole.Support.Column.Dimension && Support.Patterns.IsSupersetOf(whole.Support.Patterns);

        /// <summary>Whether it is over fewer entries than one that it is within.</summary>
        public bool IsSmaller(EntrySum whole) => Support.Patterns.Count > whole.Support.Patterns.Count;

        /// <summary>The products of factors that it has an element of in each entry, those of another sum.</summary>
        public HashSet<Fingerprint> ProductsAt(EntrySum whole) =>
            [.. TermAt(whole).SelfAndDescendants().Where(IsOfFactors).Select(e => e.Key)];

        /// <summary>The same sum, over the entries of another one that it is within.</summary>
        public Product Over(EntrySum whole)
        {
            var (term, support) = (TermAt(whole), whole.Support);
            var stored = support.Indicators(whole.Term).ToList();
            var missing = Support.Patterns.Except(support.Patterns);
            Leaf? On(Expression e) => e is Leaf { Tensor: { Pattern: { } pattern } tensor } leaf && missing.Contains(pattern) && leaf.Indices.SequenceEqual([support.Row, support.Column])
                ? new Leaf(Part(tensor.Source ?? tensor, stored[0].Tensor), leaf.Indices)
                : null;

            // What is infinite or NaN must not be met where the pattern has no entry.
            var selected = Operands(term).All(StructuralZeros.IsFinite) ? term.Replace(On) : (Support with { Row = support.Row, Column = support.Column }).Indicators(term)
                .Select(On).OfType<Leaf>()
                .Aggregate(term.Replace(On), (value, indicator) => Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, indicator, value, Build.Zero]));
            return new Product(1, Operands(Build.Multiply([.. stored, selected])), [support.Row, support.Column]);
        }

        private static bool IsOfFactors(Expression e) => e is Product { Summed.Count: > 0 } && Expansion.IsWide(e) && e.DependsOnFactors();

        private Expression TermAt(EntrySum whole) =>
            Term.Rename(new Dictionary<Index, Index> { [Support.Row] = whole.Support.Row, [Support.Column] = whole.Support.Column });

        private static Expression[] Operands(Expression term) => term is Product { Summed.Count: 0, Coefficient: 1 } product ? product.Operands : [term];
    }
}
