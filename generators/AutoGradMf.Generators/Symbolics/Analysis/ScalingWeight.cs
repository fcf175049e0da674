using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// To which power of t expressions are multiplied where one vector is multiplied by t and another one divided by it: 0 is what is seen of
/// the two through their product alone. What occurs in several places is looked at once.
/// </summary>
internal sealed class ScalingWeight(Tensor multiplied, Tensor divided)
{
    private readonly Dictionary<Expression, int?> _known = new(SameObject<Expression>.Instance);

    /// <summary>What a loss adds to terms that such scaling does not change; null if none of these has an outer product of the two vectors.</summary>
    public static Expression? WithoutInvariant(Expression loss, Tensor left, Tensor right)
    {
        var weight = new ScalingWeight(left, right);
        var (same, rest) = (new List<Expression>(), new List<Expression>());
        foreach (var term in loss is Addition sum ? sum.Operands : [loss])
        {
            (weight.Of(term) == 0 ? same : rest).Add(term);
        }

        return same.Exists(term => term.SelfAndDescendants().Any(e => IsOuter(e, left, right))) ? Build.Add(rest) : null;
    }

    private int? Of(Expression expression)
    {
        if (!_known.TryGetValue(expression, out var weight))
        {
            _known[expression] = weight = OfNode(expression);
        }

        return weight;
    }

    private int? OfNode(Expression expression) => expression switch
    {
        Leaf { Tensor: var tensor } when tensor == multiplied => 1,
        Leaf { Tensor: var tensor } when tensor == divided => -1,
        Leaf { Tensor: { Role: TensorRole.Frozen } held } when held.Name == multiplied.Name || held.Name == divided.Name => null,
        Addition addition => Shared(addition),
        Product product => product.Operands.Aggregate((int?)0, (total, operand) => total + Of(operand)),
        Power power => power.Exponent * Of(power.Base),
        _ => expression.Operands.All(o => Of(o) == 0) ? 0 : null,
    };

    private int? Shared(Addition addition)
    {
        var weight = Of(addition.Operands[0]);
        return addition.Operands.All(o => Of(o) == weight) ? weight : null;
    }

    /// <summary>Whether it multiplies elements of both vectors, which have indices of their own.</summary>
    private static bool IsOuter(Expression expression, Tensor left, Tensor right) =>
        expression is Product && Elements(expression, left) is { Count: > 0 } ofLeft && Elements(expression, right) is { Count: > 0 } ofRight
        && !ofLeft.Exists(l => ofRight.Exists(r => r.Indices[0] == l.Indices[0]));

    private static List<Leaf> Elements(Expression product, Tensor vector) =>
        [.. product.Operands.SelectMany(o => o.SelfAndDescendants()).OfType<Leaf>().Where(l => l.Tensor == vector)];
}
