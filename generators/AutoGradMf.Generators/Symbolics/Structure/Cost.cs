using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Orders costs: latent ≪ entities ≪ observed ≪ entities². Symbolic sizes stand for typical ones; only their order matters.
/// </summary>
internal static class Cost
{
    private const double Latent = 32;
    private const double Entity = 1e5;
    private const double Observed = 1e7;

    /// <summary>A product of two operands. That of two sparse matrices may have an entry for each pair, once.</summary>
    public static double OfProduct(Expression left, Expression right)
    {
        var indices = left.Free.Union(right.Free);
        var isSparse = DataProduct.IsSparse(left) && DataProduct.IsSparse(right) && !left.Free.SetEquals(right.Free);
        return isSparse ? Entity * Entity : Of(indices, Support.OfProduct([left, right]));
    }

    /// <summary>The number of points that a loop over the given indices visits, of an observed pair only the observed ones.</summary>
    public static double Of(IndexSet indices, Support? support)
    {
        var sampled = support is not null && indices.Contains(support.Row) && indices.Contains(support.Column);
        var rest = sampled ? indices.Remove(support!.Row).Remove(support.Column) : indices;
        return rest.Aggregate(sampled ? Observed : 1.0, (product, index) => product * (index.Dimension.IsLatent ? Latent : Entity));
    }
}
