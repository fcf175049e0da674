using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// What of the data and the hyperparameters must not be negative for a value not to be, whatever the factors are: leaves, and sums such as 1 − c. Null if its form
/// does not tell.
/// </summary>
internal static class NonNegativity
{
    public static IReadOnlyList<Expression>? Of(Expression value) => value switch
    {
        Constant number => number.Value >= 0 ? [] : null,
        Leaf leaf => Of(leaf),
        Power power => power.Exponent % 2 == 0 ? [] : Of(power.Base),
        Addition sum => OfAll(sum.Operands, Of) ?? OfPattern(sum) ?? (IsOfNumbers(sum) ? [sum] : null),
        Product product => product.Coefficient >= 0 ? OfAll(product.Operands, Of) : null,
        Apply apply => apply.Function.Signs.Select(sign => Of(apply, sign)).Where(conditions => conditions is not null).OrderBy(conditions => conditions!.Count).FirstOrDefault(),
        _ => null,
    };

    /// <summary>The conditions of all.</summary>
    public static IReadOnlyList<Expression>? OfAll(IEnumerable<Expression> values, Func<Expression, IReadOnlyList<Expression>?> of)
    {
        var all = values.Select(of).ToList();
        return all.Contains(null) ? null : [.. all.SelectMany(conditions => conditions!).GroupBy(c => c is Leaf leaf ? leaf.Tensor : (object)c).Select(g => g.First())];
    }

    private static IReadOnlyList<Expression>? Of(Leaf leaf) => leaf.Tensor switch
    {
        { IsIndicator: true } or { IsIdentity: true } or { IsOneHot: true } or { Role: TensorRole.Size } => [],
        { Role: TensorRole.Data or TensorRole.Hyperparameter } => [leaf],
        _ => null,
    };

    /// <summary>Of 1 − Observed(R), or c + (1 − c) Observed(R): what it is where an entry is stored, and where none is.</summary>
    private static IReadOnlyList<Expression>? OfPattern(Addition sum)
    {
        if (sum.SelfAndDescendants().OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsIndicator && l.Free.IsSubsetOf(sum.Free)) is not { } indicator)
        {
            return null;
        }

        bool IsOnPattern(Leaf leaf) => leaf.Tensor.Pattern == indicator.Tensor.Pattern && leaf.Indices.SequenceEqual(indicator.Indices);
        var missing = sum.Replace(e => e is Leaf leaf && IsOnPattern(leaf) ? Build.Zero : null);
        var stored = sum.Replace(e => e is Leaf { Tensor.IsIndicator: true } leaf && IsOnPattern(leaf) ? Build.One : null);
        return OfAll([missing, stored], Of);
    }

    /// <summary>Whether data and hyperparameters alone are in it, and it is not over pairs of entities.</summary>
    private static bool IsOfNumbers(Addition sum) => sum.Free.Count(i => !i.Dimension.IsLatent) < 2
        && !sum.Has(TensorRole.Factor) && !sum.Has(TensorRole.Frozen) && !sum.Has(TensorRole.Direction) && !sum.Has(TensorRole.Computed);

    private static IReadOnlyList<Expression>? Of(Apply apply, SignRule sign)
    {
        var parameters = sign.Given.Select(condition => condition.Parameter).Concat(sign.Parameter is { } parameter ? [parameter] : []);
        return sign.IsNegative || sign.Given.Any(condition => condition.IsNegative) ? null : OfAll(parameters.Select(p => apply.Operands[p]), Of);
    }
}
