using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// To which power of t expressions are multiplied where the slices of one factor are multiplied by t and those of another one divided by it, each by a t of its own:
/// 0 is what is seen of the two through their products alone. What occurs in several places is looked at once.
/// </summary>
internal sealed class ScalingWeight(FactorAxis multiplied, FactorAxis divided)
{
    private static readonly Weight None = new(0, null);
    private readonly Dictionary<Expression, Weight?> _known = new(SameExpression.Instance);

    /// <summary>What a loss adds to terms that such scaling does not change; null if none of these has a product of the two.</summary>
    public static Expression? WithoutInvariant(Expression loss, FactorAxis left, FactorAxis right)
    {
        var weight = new ScalingWeight(left, right);
        var (same, rest) = (new List<Expression>(), new List<Expression>());
        foreach (var term in Terms(loss))
        {
            (weight.Of(term) == None ? same : rest).Add(term);
        }

        return same.Exists(term => term.SelfAndDescendants().Any(e => IsProduct(e, left, right))) ? Build.Add(rest) : null;
    }

    /// <summary>What a loss adds, also where a number multiplies it.</summary>
    private static IEnumerable<Expression> Terms(Expression loss) => loss switch
    {
        Addition sum => sum.Operands.SelectMany(Terms),
        Product { Summed.Count: 0 } product when product.Operands.OfType<Addition>().FirstOrDefault() is { } inner
            && product.Operands.All(o => ReferenceEquals(o, inner) || !o.DependsOnFactors()) =>
            inner.Operands.SelectMany(term => Terms(Build.Multiply([Build.Number(product.Coefficient), .. product.Operands.Select(o => ReferenceEquals(o, inner) ? term : o)]))),
        _ => [loss],
    };

    private Weight? Of(Expression expression)
    {
        if (!_known.TryGetValue(expression, out var weight))
        {
            _known[expression] = weight = OfNode(expression);
        }

        return weight;
    }

    private Weight? OfNode(Expression expression) => expression switch
    {
        Leaf leaf when leaf.Tensor == multiplied.Factor => new(1, multiplied.IndexOf(leaf)),
        Leaf leaf when leaf.Tensor == divided.Factor => new(-1, divided.IndexOf(leaf)),
        Leaf { Tensor: { Role: TensorRole.Frozen } held } when held.Name == multiplied.Factor.Name || held.Name == divided.Factor.Name => null,
        Addition addition => Shared(addition),
        Product product => OfProduct(product),
        Power power => Of(power.Base) is { } weight ? Weight.Of(power.Exponent * weight.Exponent, weight.Index) : null,
        _ => expression.Operands.All(o => Of(o) == None) ? None : null,
    };

    /// <summary>Weights of one slice add up; where slices with weights are summed over, they have none together.</summary>
    private Weight? OfProduct(Product product)
    {
        var weights = product.Operands.Select(Of).ToList();
        if (weights.Exists(w => w is null))
        {
            return null;
        }

        var bySlice = weights.GroupBy(w => w!.Value.Index, w => w!.Value.Exponent).Select(g => Weight.Of(g.Sum(), g.Key)).Where(w => w != None).ToList();
        return bySlice switch
        {
            [] => None,
            [var weight] when weight.Index is null || !product.Summed.Contains(weight.Index) => weight,
            _ => null,
        };
    }

    private Weight? Shared(Addition addition)
    {
        var weight = Of(addition.Operands[0]);
        return addition.Operands.All(o => Of(o) == weight) ? weight : null;
    }

    /// <summary>Whether it multiplies elements of both; those of vectors that are scaled as a whole have indices of their own.</summary>
    private static bool IsProduct(Expression expression, FactorAxis left, FactorAxis right) =>
        expression is Product && Elements(expression, left) is { Count: > 0 } ofLeft && Elements(expression, right) is { Count: > 0 } ofRight
        && (left.Axis is not null || left.Factor.Dimensions.Count != 1 || right.Factor.Dimensions.Count != 1 || !ofLeft.Exists(l => ofRight.Exists(r => r.Indices[0] == l.Indices[0])));

    private static List<Leaf> Elements(Expression product, FactorAxis factor) =>
        [.. product.Operands.SelectMany(o => o.SelfAndDescendants()).OfType<Leaf>().Where(l => l.Tensor == factor.Factor)];

    /// <summary>The power of the t of a slice, or of all where there is but one.</summary>
    private readonly record struct Weight(double Exponent, Index? Index)
    {
        public static Weight Of(double exponent, Index? index) => exponent == 0 ? None : new(exponent, index);
    }
}
