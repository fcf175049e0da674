using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>A number times a sum over pairs, or over those of one row or column.</summary>
/// <param name="Scale">The number.</param>
/// <param name="Pointwise">What is evaluated at each pair.</param>
/// <param name="Rest">What it is multiplied with in the sum.</param>
/// <param name="Summed">What the sum runs over.</param>
/// <param name="Support">The pattern of the pairs; null for all.</param>
internal sealed record PairSum(Expression Scale, Expression Pointwise, Expression Rest, IndexSet Summed, Support? Support)
{
    public Expression Value => Build.Contract([Scale, Pointwise, Rest], Summed);

    /// <summary>A term as such a sum; null if it is none.</summary>
    public static PairSum? Of(Expression term)
    {
        var factors = term is Product { Summed.Count: 0 } product ? product.Operands : [term];
        return Array.FindAll(factors, f => f is Product { Summed.Count: > 0 }) is [Product sum] && Array.TrueForAll(factors, f => ReferenceEquals(f, sum) || IsPlainNumber(f))
            ? Of(sum, Build.Multiply(factors.Where(f => !ReferenceEquals(f, sum)).Prepend(Build.Number(Build.SplitCoefficient(term).Coefficient))))
            : null;
    }

    /// <summary>Whether the other one differs in its number and what is evaluated at most.</summary>
    public bool IsOverSame(PairSum other) => Summed.SetEquals(other.Summed) && Rest.Equals(other.Rest)
        && (Support is null ? other.Support is null && Pointwise.Free.SetEquals(other.Pointwise.Free) : Support.Equals(other.Support));

    /// <summary>The sum of both, which are over the same.</summary>
    public PairSum And(PairSum other) =>
        this with { Scale = Build.One, Pointwise = Build.Add(Build.Multiply(Scale, Pointwise), Build.Multiply(other.Scale, other.Pointwise)) };

    private static PairSum? Of(Product sum, Expression scale)
    {
        var support = Support.OfProduct(sum.Operands);
        var pair = support is not null ? IndexSet.Of([support.Row, support.Column]) : sum.Operands.Where(Expansion.IsWide).Select(o => o.Free).FirstOrDefault();
        if (pair is null || pair.Any(i => i.Dimension.IsLatent) || !sum.Summed.IsSubsetOf(pair))
        {
            return null;
        }

        var pointwise = sum.Operands.Where(o => o.Free.IsSubsetOf(pair)).ToList();
        return new(scale, Build.Multiply(pointwise), Build.Multiply(sum.Operands.Except(pointwise)), sum.Summed, support);
    }

    /// <summary>Whether it is a number that is known before any sum is.</summary>
    private static bool IsPlainNumber(Expression expression) =>
        expression.Free.Count == 0 && expression.SelfAndDescendants().All(e => e is Constant or Leaf or Addition or Power or Apply or Product { Summed.Count: 0 });
}
