using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Products of matrices are associative and distribute over sums, however C# brackets them: (U V') X' is one product of three matrices,
/// and (X − U V') X' two products. What is evaluated at the same pairs as another operand, as U V' in X ∘ (U V'), is no link of a chain.
/// </summary>
internal static class MatrixChain
{
    /// <summary>Whether a product has a product as a link, or a sum of which more can be made term by term.</summary>
    public static bool IsIn(Product product) => LinkOf(product) is not null;

    /// <summary>The same value as a sum of flat products, each made into what is asked for.</summary>
    public static Expression Open(Product product, Func<Product, Expression> ofFlat)
    {
        Expression Opened(Expression expression) => expression switch
        {
            Product { Summed.Count: > 0 } sum => Open(sum, ofFlat),
            Product parts => Build.Multiply(parts.Operands.Select(Opened).Prepend(Build.Number(parts.Coefficient))),
            _ => expression,
        };

        if (LinkOf(product) is not { } link)
        {
            return ofFlat(product);
        }

        var others = product.Operands.Where(o => !ReferenceEquals(o, link)).ToList();
        if (link is Product inner)
        {
            var fresh = inner.WithFreshSummed();
            return Opened(Build.Contract([.. others, .. fresh.Operands], product.Summed.Union(fresh.Summed)));
        }

        return Build.Add(link.Operands.Select(term => Opened(Build.Contract([.. others, term], product.Summed))));
    }

    private static Expression? LinkOf(Product product)
    {
        var wide = product.Operands.Where(Expansion.IsWide).ToList();
        if (!wide.Exists(MayBeLink))
        {
            return null;
        }

        var shrinks = product.Operands.Any(o => !Expansion.IsWide(o) && (!Expansion.IsWide(product) || !wide.Any(w => o.Free.IsSubsetOf(w.Free))));
        var links = wide
            .Where(o => o.Support is null && !wide.Any(other => !ReferenceEquals(o, other) && o.Free.IsSubsetOf(other.Free)))
            .Where(o => shrinks || !o.SelfAndDescendants().Any(IsFunctionOfPairs))
            .ToList();
        return links.FirstOrDefault(o => o is Product { Summed.Count: > 0 })
            ?? links.FirstOrDefault(o => o is Addition && (wide.Count > 1 || o.Operands.Any(IsOverEntity)));
    }

    private static bool MayBeLink(Expression operand) => operand is Addition or Product { Summed.Count: > 0 };

    /// <summary>
    /// Whether it is evaluated pair by pair, and is no product of thin matrices: f(U V'). Where all it meets are matrices of pairs, and
    /// nothing thin that could be multiplied with those first, a chain of it has no cheaper form than as it is written.
    /// </summary>
    private static bool IsFunctionOfPairs(Expression expression) => Expansion.IsWide(expression)
        && (expression is Apply or Power or Extreme || (expression is Product { Summed.Count: 0 } && expression.Operands.Count(Expansion.IsWide) > 1));

    /// <summary>
    /// Whether it is a matrix of pairs, each a sum over a third entity: to visit the pairs costs more than to read its matrices. Rows that
    /// are gathered are no sum.
    /// </summary>
    public static bool IsOverEntity(Expression expression) => expression is Product product && Expansion.IsWide(product)
        && (product.Summed.Count == 0
            ? product.Operands.Any(IsOverEntity)
            : product.Summed.Any(i => !i.Dimension.IsLatent) && !product.Operands.Any(o => o is Leaf { Tensor.IsOneHot: true }));
}
