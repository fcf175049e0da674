using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Gives each sum over all pairs its cheapest form: sparse terms are summed over observed entries, separable terms are contracted
/// (the Gram form), and only what is neither stays a sum over all pairs.
/// </summary>
internal static class StructureStage
{
    /// <summary>The same value, cheaper.</summary>
    public static Expression Rewrite(Expression expression) => RewriteMarked(SquaredNorms.Marked(Flattened(expression)));

    /// <summary>The same value, as cheap: sums of squares that were taken apart are not below zero where their terms cancel.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="rewritten">It as <see cref="Rewrite"/> gives it, which this is, too, where no such sums are.</param>
    public static Expression RewriteValue(Expression expression, Expression rewritten) =>
        Flattened(expression) is var flat && SquaredNorms.MarkedAll(flat) is var marked && ReferenceEquals(marked, flat) ? rewritten : RewriteMarked(marked);

    private static Expression Flattened(Expression expression) => CountedRows.Taken(EntrySums.Flattened(expression));

    private static Expression RewriteMarked(Expression expression) => ContractionOrder.Optimize(CommonFactors.CollectRows(new SharedIndices().Rename(PartialPatterns.Join(
        SquaredNorms.Bounded(SharedPasses.Rewrite(CommonFactors.CollectPairs(expression), RewriteSum))))));

    private static Expression RewriteSums(Expression expression) =>
        new Rewriting(e => e is Product { Summed.Count: > 0 } product ? RewriteSum(product) : e).Apply(expression);

    private static Expression RewriteSum(Product product)
    {
        if (product.Summed.All(i => i.Dimension.IsLatent) || !product.Operands.Any(Expansion.IsWide))
        {
            return product;
        }

        // A sum of sums is the sums of the terms; each then finds its own form.
        if (product.Operands is [Addition addition])
        {
            return Build.Add(addition.Operands.Select(t => Resum(t, product.Summed)));
        }

        if (MatrixChain.IsIn(product))
        {
            return MatrixChain.Open(product, ContractionOrder.Optimize);
        }

        if (SparseChain.Summed(product.Operands, product.Summed) is { } chain)
        {
            return chain;
        }

        var operands = SparseChain.AtEntries(product.Operands);
        if (Support.OfProduct(operands) is { } support)
        {
            return Sampled([operands], support, product.Summed);
        }

        var separated = Separation.Separate(product);
        return Distributed(product) ?? (separated.Equals(product) ? Streamed(product) : RewriteSums(separated));
    }

    private static Expression Resum(Expression term, IndexSet summed) => RewriteSums(Build.Contract([term], summed));

    /// <summary>
    /// The sum as sparse and separable terms; null if some term is neither, for then taking it apart gains nothing. It does gain something
    /// beside a chain of matrices, even where a dense one is among them: Σ (X X' − U Z')² reads X, and makes no pairs of its rows.
    /// </summary>
    private static Expression? Distributed(Product product)
    {
        if (Expansion.Terms(product.Operands) is not { } terms)
        {
            return null;
        }

        var isChained = product.SelfAndDescendants().Any(MatrixChain.IsOverEntity);
        var sparse = new List<(IReadOnlyList<Expression> Term, Support Support)>();
        var separable = new List<Expression>();
        foreach (var term in terms.Select(SparseChain.AtEntries))
        {
            if (SparseChain.Summed(term, product.Summed) is { } chain)
            {
                separable.Add(chain);
            }
            else if (term.Any(o => IsDiagonal(o, product.Summed)))
            {
                separable.Add(Resum(Build.Multiply(term), product.Summed));
            }
            else if (Support.OfProduct(term) is { } support)
            {
                sparse.Add((term, support));
            }
            else if (isChained && term.All(o => !o.DependsOnFactors()) && term.Any(Expansion.IsWide))
            {
                // Of data alone: summed once, over the pairs, however long its chains are.
                separable.Add(Build.Contract(term, product.Summed));
            }
            else if (IsSeparable(term, isChained))
            {
                var (operands, summed) = Expansion.Flatten(term);
                separable.Add(Build.Contract(operands, product.Summed.Union(summed)));
            }
            else
            {
                return null;
            }
        }

        var sampled = sparse.GroupBy(s => s.Support).Select(g => Sampled([.. g.Select(s => s.Term)], g.Key, product.Summed));
        return Build.Add(separable.Concat(sampled));
    }

    /// <summary>Whether it is zero but for a diagonal, of which a sum is over no pairs.</summary>
    private static bool IsDiagonal(Expression operand, IndexSet summed) => operand switch
    {
        Leaf { Tensor.IsIdentity: true } identity => identity.Free.Overlaps(summed),
        Product { Summed.Count: 0 } product => product.Operands.Any(o => IsDiagonal(o, summed)),
        _ => false,
    };

    /// <summary>
    /// A sum over all pairs that cannot be contracted. A sparse matrix inside it matters only where it is stored,
    /// Σ f(S) = Σ f(0) + Σ_Ω (f(S) − f(0)), which pays where Σ f(0) needs no pairs; else it is read at each pair, for f(0) may be far
    /// larger than f(S), and then cancel. One that an inner sum runs over has no such place; where the largest of a row is
    /// subtracted, f(0) need not be in range; and where it is infinite, as a logarithm is, it is none of the loss if every entry is stored.
    /// </summary>
    private static Expression Streamed(Product product)
    {
        var body = Build.Multiply(product.Operands);
        var leaf = body.SelfAndDescendants().Any(e => e is Extreme) ? null : body.SelfAndDescendants().OfType<Leaf>().FirstOrDefault(l => l.Tensor.Pattern is not null && l.Free.IsSubsetOf(body.Free));
        if (leaf is null)
        {
            return product;
        }

        var without = body.Replace(e => e is Leaf l && l.Tensor.Pattern == leaf.Tensor.Pattern && l.Indices.SequenceEqual(leaf.Indices) ? Build.Zero : null);
        if (Poles.AreIn(without) || Resum(without, product.Summed) is not { } rest || VisitsPairs(rest))
        {
            return product;
        }

        var difference = Build.Multiply(Translation.Language.Observed.Indicator(leaf), Build.Add(body, Build.Negate(without)));
        return Build.Add(rest, Resum(difference, product.Summed));
    }

    private static bool VisitsPairs(Expression expression) => expression.SelfAndDescendants().OfType<Product>().Any(IsOverPairs);

    /// <summary>Whether it is a sum that visits all pairs for what depends on factors there: more than a sum of data that is there.</summary>
    public static bool IsOverPairs(Product sum) => sum.Summed.Any(i => !i.Dimension.IsLatent) && Support.OfProduct(sum.Operands) is null
        && Array.Exists(sum.Operands, o => o is not Leaf && Expansion.IsWide(o) && o.DependsOnFactors());

    /// <summary>
    /// A sum over observed entries. If every term is linear in each contraction, it is a contraction with one sparse operand,
    /// ⟨S M, U⟩, whose S M is the gradient too; else all its terms share one pass over the entries.
    /// </summary>
    private static Expression Sampled(IReadOnlyList<IReadOnlyList<Expression>> terms, Support support, IndexSet summed)
    {
        var split = terms.Select(SplitContraction).ToList();
        if (split.All(t => t is not null))
        {
            return Build.Add(split
                .GroupBy(t => t!.Value.Contraction.Key)
                .Select(g =>
                {
                    var (contraction, inner) = Expansion.Flatten([g.First()!.Value.Contraction]);
                    return Build.Contract([Build.Add(g.Select(t => t!.Value.Pointwise)), .. contraction], summed.Union(inner));
                }));
        }

        var (coefficient, body) = Build.SplitCoefficient(Build.Add(terms.Select(t => Build.Multiply(t))));
        return Build.Scaled(coefficient, new Product(1, body is Product { Summed.Count: 0 } p ? p.Operands : [body], summed));
    }

    /// <summary>
    /// The term as one contraction over latent indices (or 1) times what is evaluated at each entry; null if it is not linear in
    /// one contraction.
    /// </summary>
    private static (Expression Contraction, Expression Pointwise)? SplitContraction(IReadOnlyList<Expression> term)
    {
        var factors = term.SelectMany(o => o is Product { Summed.Count: 0 } p ? [Build.Number(p.Coefficient), .. p.Operands] : new[] { o }).ToList();
        var contractions = factors
            .Where(o => o.SelfAndDescendants().Any(d => d is Product { Summed.Count: > 0, Free.Count: 2 } && d.DependsOnFactors()))
            .ToList();
        return contractions switch
        {
            [] => (Build.One, Build.Multiply(factors)),
            [Product { Summed.Count: > 0 } only] => (only, Build.Multiply(factors.Where(f => !ReferenceEquals(f, only)))),
            _ => null,
        };
    }

    /// <summary>The same sums of products, bracketed as they cost least; nothing is written out.</summary>
    public static Expression Cheapest(Expression expression) => ContractionOrder.Optimize(Separation.Separate(
        new Rewriting(e => e is Product { Summed.Count: > 0 } product ? Contracted(product) : e).Apply(expression)));

    /// <summary>A product of products of thin matrices as one product, to be bracketed anew, if it is separable: (U M') M is U (M' M).</summary>
    public static Expression Contracted(Product product)
    {
        if (!product.Operands.Any(Expansion.IsWide) || !IsSeparable(product.Operands, isChained: false))
        {
            return product;
        }

        var (operands, summed) = Expansion.Flatten(product.Operands);
        return Build.Contract(operands, product.Summed.Union(summed));
    }

    /// <summary>
    /// Whether each leaf of the flattened term has at most one of the entity indices, or may be a matrix of a chain, and no entity has
    /// moments above the third: Σ_i u_ip u_iq is a Gram matrix, Σ_i u_ip u_iq u_ir costs m k³ flops for the m n k of the pairs, which are more where
    /// features are few beside entities, but fourth moments are k⁴ numbers.
    /// </summary>
    public static bool IsSeparable(IReadOnlyList<Expression> term, bool isChained)
    {
        var operands = Expansion.Flatten(term).Operands;
        return operands.All(o => !Expansion.IsWide(o) || (isChained && o is Leaf)) && Moments.AreComputed(operands);
    }
}
