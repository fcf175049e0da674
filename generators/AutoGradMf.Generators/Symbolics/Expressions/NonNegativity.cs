using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>What of the data and the hyperparameters must not be negative for a value not to be, whatever the factors are. Null if its form does not tell.</summary>
internal static class NonNegativity
{
    public static IReadOnlyList<Leaf>? Of(Expression value) => value switch
    {
        Constant number => number.Value >= 0 ? [] : null,
        Leaf leaf => Of(leaf),
        Power power => power.Exponent % 2 == 0 ? [] : Of(power.Base),
        Addition sum => OfAll(sum.Operands, Of),
        Product product => product.Coefficient >= 0 ? OfAll(product.Operands, Of) : null,
        Apply apply => apply.Function.Signs.Select(sign => Of(apply, sign)).Where(conditions => conditions is not null).OrderBy(conditions => conditions!.Count).FirstOrDefault(),
        _ => null,
    };

    /// <summary>The conditions of all.</summary>
    public static IReadOnlyList<Leaf>? OfAll(IEnumerable<Expression> values, Func<Expression, IReadOnlyList<Leaf>?> of)
    {
        var all = values.Select(of).ToList();
        return all.Contains(null) ? null : [.. all.SelectMany(conditions => conditions!).GroupBy(leaf => leaf.Tensor).Select(g => g.First())];
    }

    private static IReadOnlyList<Leaf>? Of(Leaf leaf) => leaf.Tensor switch
    {
        { IsIndicator: true } or { IsIdentity: true } or { IsOneHot: true } or { Role: TensorRole.Size } => [],
        { Role: TensorRole.Data or TensorRole.Hyperparameter } => [leaf],
        _ => null,
    };

    private static IReadOnlyList<Leaf>? Of(Apply apply, SignRule sign)
    {
        var parameters = sign.Given.Select(condition => condition.Parameter).Concat(sign.Parameter is { } parameter ? [parameter] : []);
        return sign.IsNegative || sign.Given.Any(condition => condition.IsNegative) ? null : OfAll(parameters.Select(p => apply.Operands[p]), Of);
    }
}
