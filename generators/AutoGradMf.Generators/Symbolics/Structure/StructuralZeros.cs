using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Structural zeros annihilate, infinity and NaN included. A loop over the entries of a pattern does so for what is stored on it;
/// what is stored elsewhere, such as on its transpose or a diagonal, is a mere zero there, and 0 · ∞ must not be computed.
/// </summary>
internal static class StructuralZeros
{
    /// <summary>One where the product's sparse operands are stored, for each pattern that the points of a loop do not see to.</summary>
    /// <param name="product">A product without a sum.</param>
    /// <param name="support">The pattern that the loop visits; null for all points.</param>
    public static IEnumerable<Leaf> IndicatorsOf(Product product, Support? support)
    {
        var elsewhere = Array.FindAll(product.Operands, o => o.Support is { } stored && support?.Contains(stored) != true);
        return elsewhere.Length == 0 || product.Operands.All(IsFinite)
            ? []
            : elsewhere.SelectMany(o => o.Support!.Indicators(o)).GroupBy(i => i.Key).Select(g => g.First());
    }

    /// <summary>Whether a zero times it is zero: all but functions, quotients and what a dense matrix of data may hold beside the pattern.</summary>
    public static bool IsFinite(Expression operand) => operand.SelfAndDescendants().All(e =>
        e is Constant or Addition or Product or Power { Exponent: > 0 }
        || (e is Leaf { Tensor: var tensor } && (tensor.Role != TensorRole.Data || tensor.Pattern is not null || tensor.Dimensions.Count < 2)));
}
