using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Takes sparse terms out of sums over all pairs: Σ (A + S) V = Σ A V + Σ_Ω S V. Such mixed sums are made by reverse mode, where
/// one product of factors stands in a sum over all pairs and in another over the observed ones.
/// </summary>
internal static class Separation
{
    /// <summary>The same value, with each sum over all pairs or over the observed ones of one pattern.</summary>
    public static Expression Separate(Expression expression) =>
        new Rewriting(e => e is Product { Summed.Count: > 0 } product ? SeparateSum(product) : e).Apply(expression);

    private static Expression SeparateSum(Product product)
    {
        if (Support.OfProduct(product.Operands) is not null || product.Operands.OfType<Addition>().FirstOrDefault(IsMixed) is not { } mixed)
        {
            return product;
        }

        var others = product.Operands.Where(o => !ReferenceEquals(o, mixed)).ToList();
        return Build.Add(mixed.Operands
            .GroupBy(t => t.Support)
            .Select(terms => Separate(Build.Contract([Build.Add(terms), .. others], product.Summed))));
    }

    private static bool IsMixed(Addition addition) => addition.Operands.Any(t => t.Support is not null);
}
