using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Brackets an Einstein product so that it is cheapest: (U M') M becomes U (M' M). Dynamic programming over subsets of operands,
/// as opt_einsum's optimal search; sums are taken as soon as nothing else has their index.
/// </summary>
internal static class ContractionOrder
{
    private const int MaximumOperands = 12;

    /// <summary>The same value with at most two operands under each sum (one pointwise factor on the observed pattern counts as one).</summary>
    public static Expression Optimize(Expression expression) =>
        new Rewriting(e => e is Product { Summed.Count: > 0 } product ? MatrixChain.Open(Opened(product), Order) : e).Apply(expression);

    /// <summary>
    /// A sum over two matrices of features, with the products in these opened where a matrix then meets itself: tr(U C U') is Σ (U C) ∘ U, as C# brackets it, and
    /// ⟨U'U, C⟩, of which other terms may have the Gram matrix, too. A square stays one.
    /// </summary>
    private static Product Opened(Product product)
    {
        if (product.Free.Count > 0 || product.Operands.Count(IsTall) != 2 || !product.Operands.Any(IsOfFeatures) || !product.Operands.All(o => o.Free.Count == 1 || IsTall(o)))
        {
            return product;
        }

        var links = product.Operands.Select(Links).ToList();
        return links.SelectMany(l => l.Operands.Where(IsTall).Select(o => o.Form.Skeleton).Distinct()).GroupBy(link => link).Any(same => same.Count() > 1)
            && Build.Contract(links.SelectMany(l => l.Operands), links.Aggregate(product.Summed, (all, l) => all.Union(l.Summed))) is Product opened
                ? opened
                : product;
    }

    /// <summary>The matrices of a product of features; any other expression by itself.</summary>
    private static (IReadOnlyList<Expression> Operands, IndexSet Summed) Links(Expression operand)
    {
        if (!IsOfFeatures(operand))
        {
            return ([operand], IndexSet.Empty);
        }

        var fresh = ((Product)operand).WithFreshSummed();
        var inner = fresh.Operands.Select(Links).ToList();
        return ([.. inner.SelectMany(l => l.Operands)], inner.Aggregate(fresh.Summed, (all, l) => all.Union(l.Summed)));
    }

    /// <summary>Whether it is a product of an entity's features with others, U C.</summary>
    private static bool IsOfFeatures(Expression operand) =>
        operand is Product { Coefficient: 1, Summed.Count: > 0, Free.Count: 2 } product && product.Summed.All(i => i.Dimension.IsLatent) && product.Free.Any(i => !i.Dimension.IsLatent);

    private static bool IsTall(Expression matrix) => matrix.Free.Count == 2 && matrix.Free.Any(i => !i.Dimension.IsLatent);

    private static Expression Order(Product product)
    {
        var (operands, summed) = Moments.Gathered(JoinPointwise(product), product.Summed);
        return operands.Count is <= 1 or > MaximumOperands
            ? Build.Contract(operands, summed)
            : new Search(operands, summed, product.Free).Best();
    }

    /// <summary>
    /// Operands that an observed pattern or a dense pair has all indices of are evaluated point by point together: no order of
    /// summation makes less of them.
    /// </summary>
    private static List<Expression> JoinPointwise(Product product)
    {
        var support = Support.OfProduct(product.Operands);
        return support is not null
            ? Joined(product.Operands, IndexSet.Of([support.Row, support.Column]).IsSupersetOf)
            : product.Operands.Where(Expansion.IsWide).Aggregate(
                product.Operands.ToList(), (operands, wide) => operands.Contains(wide) ? Joined(operands, wide.Free.SetEquals) : operands);
    }

    private static List<Expression> Joined(IReadOnlyList<Expression> operands, Func<IndexSet, bool> isPointwise)
    {
        var pointwise = operands.Where(o => isPointwise(o.Free)).ToList();
        return pointwise.Count == 0 ? [.. operands] : [Build.Multiply(pointwise), .. operands.Except(pointwise)];
    }

    private sealed class Search(IReadOnlyList<Expression> operands, IndexSet summed, IndexSet free)
    {
        private readonly Dictionary<int, (double Cost, Expression Value)> _best = [];

        public Expression Best() => Best((1 << operands.Count) - 1).Value;

        private (double Cost, Expression Value) Best(int subset)
        {
            if (_best.TryGetValue(subset, out var known))
            {
                return known;
            }

            // Only the cheapest pair becomes an expression: there are 3ⁿ pairs.
            var single = Enumerable.Range(0, operands.Count).Where(o => subset == 1 << o).Select(o => (int?)o).FirstOrDefault();
            var (cost, parts) = single is { } only ? (0, [operands[only]]) : Splits(subset).OrderBy(s => s.Cost).First();
            return _best[subset] = (cost, Close(subset, parts));
        }

        private IEnumerable<(double Cost, Expression[] Parts)> Splits(int subset)
        {
            var lowest = subset & -subset;
            for (var part = (subset - 1) & subset; part > 0; part = (part - 1) & subset)
            {
                if ((part & lowest) == 0)
                {
                    continue;
                }

                var (left, right) = (Best(part), Best(subset & ~part));
                var cost = Cost.OfProduct(left.Value, right.Value);

                // Equal parts, as of X' X X' X, are computed once.
                var parts = left.Value.Form.Skeleton == right.Value.Form.Skeleton ? left.Cost : left.Cost + right.Cost;
                yield return (parts + cost, [left.Value, right.Value]);
            }
        }

        /// <summary>The product of the parts, summed over the indices that nothing outside the subset has.</summary>
        private Expression Close(int subset, Expression[] parts)
        {
            var outside = Enumerable.Range(0, operands.Count)
                .Where(o => (subset & (1 << o)) == 0)
                .Aggregate(free, (indices, o) => indices.Union(operands[o].Free));
            IndexSet closed = [.. parts.SelectMany(p => p.Free).Where(i => summed.Contains(i) && !outside.Contains(i))];
            if (closed.Count == 0 && parts.Length == 1)
            {
                return DataProduct.OfSparse(parts[0]);
            }

            var (opened, over) = Moments.Opened(parts, closed);
            var product = Build.Contract(opened, over);

            // A sum of a sum-product is one flat sum-product, to be bracketed anew.
            return Factors(product).Any(f => f.Summed.Overlaps(over) && !f.Summed.IsSubsetOf(over)) ? Optimize(product) : DataProduct.OfSparse(product);
        }

        private static IEnumerable<Product> Factors(Expression expression) =>
            (expression is Product { Summed.Count: 0 } product ? product.Operands : [expression]).OfType<Product>();
    }
}
