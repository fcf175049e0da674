using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>A pair of factors that a loss sees only through U M' and a ΣU² + b ΣM².</summary>
/// <param name="Left">The number of U.</param>
/// <param name="Right">The number of M.</param>
/// <param name="RidgeRatio">b / a: a number of hyperparameters, fields and sizes, 0 or infinity where one factor has no ridge; 1 where the ridges are the same or there are none.</param>
internal sealed record ProductPair(int Left, int Right, Expression RidgeRatio);

/// <summary>
/// Finds pairs of factors that a loss sees only through U M', of matrices or vectors, and ridges: then U T and M T⁻ᵀ have the same loss but
/// for the ridges, for every invertible T.
/// </summary>
internal static class ProductPairs
{
    /// <summary>Stands where the product was: a ridge that depends on it has no known sign.</summary>
    private static readonly Leaf Product = new(new Tensor("product", TensorRole.Computed, default), []);

    /// <summary>The pairs, by the numbers of the factors; no two share one.</summary>
    public static IReadOnlyList<ProductPair> Of(Expression loss, IReadOnlyList<Tensor> factors, MultipliedFactors multiplied)
    {
        var taken = new HashSet<int>();
        var pairs = new List<ProductPair>();
        for (var left = 0; left < factors.Count; left++)
        {
            for (var right = left + 1; right < factors.Count; right++)
            {
                if (!taken.Contains(left) && !taken.Contains(right) && multiplied.Have(factors[left], factors[right])
                    && RidgeRatio(loss, factors[left], factors[right]) is { } ratio)
                {
                    pairs.Add(new(left, right, ratio));
                    taken.UnionWith([left, right]);
                }
            }
        }

        return pairs;
    }

    /// <summary>The ridge of one factor over that of the other if the two are a pair, else null.</summary>
    private static Expression? RidgeRatio(Expression loss, Tensor left, Tensor right) =>
        AreMatrices(left, right) ? OfAxes(loss, new(left, 1), new(right, 1))
        : left.Dimensions.Count == 1 && right.Dimensions.Count == 1 ? OfRest(ScalingWeight.WithoutInvariant(loss, new(left, null), new(right, null)), left, right)
        : null;

    /// <summary>
    /// The ridge of one matrix over that of the other if a loss sees the two only through products over these axes, and what stands between them, c in U diag(c) M', only there,
    /// else null.
    /// </summary>
    public static Expression? OfAxes(Expression loss, FactorAxis left, FactorAxis right, Tensor? between = null) =>
        WithoutMatrixProducts(loss, left, right, between) is { } rest && (between is null || OfRest(rest, left.Factor, between) is not null)
            ? OfRest(rest, left.Factor, right.Factor)
            : null;

    /// <summary>What is left of the factors when what does not tell them apart is taken out must be their ridges.</summary>
    public static Expression? OfRest(Expression? rest, Tensor left, Tensor right) =>
        rest is null || RidgeOf(rest, left) is not { } ridge || RidgeOf(rest, right) is not { } other ? null
        : ridge.Equals(other) ? (IsMoving(ridge) ? null : Build.One)
        : IsNumber(ridge) && IsNumber(other) ? Ratio(other, ridge)
        : null;

    /// <summary>Null where it is known to be negative: then the least pair of a product is none, or the loss has no minimum.</summary>
    private static Expression? Ratio(Expression ridge, Expression to) => (ridge, to) switch
    {
        (Constant { Value: 0 }, Constant { Value: < 0 }) or (Constant { Value: < 0 }, Constant { Value: 0 }) => null,
        (_, Constant { Value: 0 }) => Build.Number(double.PositiveInfinity),
        _ => Build.Divide(ridge, to) is var ratio and not Constant { Value: < 0 } ? ratio : null,
    };

    private static bool AreMatrices(Tensor left, Tensor right) =>
        left.Dimensions.Count == 2 && right.Dimensions.Count == 2 && left.Dimensions[1].IsLatent && left.Dimensions[1] == right.Dimensions[1];

    private static bool IsMoving(Expression ridge) =>
        ridge.SelfAndDescendants().Any(e => e is Leaf { Tensor.Role: TensorRole.Computed or TensorRole.Factor or TensorRole.Frozen });

    /// <summary>Whether it can be written down where the objective is asked: of hyperparameters, sizes and fields.</summary>
    private static bool IsNumber(Expression ridge) =>
        ridge.SelfAndDescendants().OfType<Leaf>().All(l => l.Tensor is { Role: TensorRole.Hyperparameter or TensorRole.Size } or { Initializer: FieldNode });

    /// <summary>The loss without the products of two matrices; null if it has none.</summary>
    private static Expression? WithoutMatrixProducts(Expression loss, FactorAxis left, FactorAxis right, Tensor? between)
    {
        var met = false;
        var rest = loss.Replace(e =>
        {
            var without = WithoutProducts(e, left, right, between);
            met |= without is not null;
            return without;
        });
        return met ? rest : null;
    }

    /// <summary>
    /// A product with u_k v_k in it, summed over k, u of one factor and v of the other, without the two; null if it has none. What is left
    /// stands for any function of them. In traces of products of Gram matrices, Σ_kl (U'U)_kl (V'V)_kl, each feature is that of one u and one v, too.
    /// </summary>
    private static Expression? WithoutProducts(Expression expression, FactorAxis left, FactorAxis right, Tensor? between)
    {
        if (expression is not Product original)
        {
            return null;
        }

        var product = WithoutInnerSums(original, left, right);
        var (operands, summed) = (product.Operands.ToList(), product.Summed);
        foreach (var k in product.Summed.Where(i => i.Dimension.IsLatent))
        {
            var over = operands.Where(o => o.Free.Contains(k)).ToList();
            var weight = over.FindIndex(o => o is Leaf leaf && leaf.Tensor == between);
            if (weight >= 0)
            {
                over.RemoveAt(weight);
            }

            if (weight >= 0 == between is not null && over is [var first, var second]
                && ((IsRow(first, left, right, k) && IsRow(second, right, left, k)) || (IsRow(first, right, left, k) && IsRow(second, left, right, k))))
            {
                operands = [.. operands.Where(o => !o.Free.Contains(k)), Product];
                summed = summed.Remove(k);
            }
        }

        return summed.Count == product.Summed.Count ? null : Build.Multiply(operands.Select(o => o.Replace(e => WithoutProducts(e, left, right, between))));
    }

    /// <summary>The same product with the sums of those that it multiplies as its own, where they have no factors but the two, and share a summed feature.</summary>
    private static Product WithoutInnerSums(Product product, FactorAxis left, FactorAxis right) =>
        product.Operands.FirstOrDefault(o => o is Product { Summed.Count: > 0 } && o.Free.Any(i => i.Dimension.IsLatent && product.Summed.Contains(i))
            && o.SelfAndDescendants().OfType<Leaf>().All(l => l.Tensor.Role != TensorRole.Factor || l.Tensor == left.Factor || l.Tensor == right.Factor)) is Product inner
        && inner.WithFreshSummed() is var fresh
        && Build.Contract([Build.Number(product.Coefficient), Build.Number(fresh.Coefficient), .. fresh.Operands, .. product.Operands.Where(o => !ReferenceEquals(o, inner))], product.Summed.Union(fresh.Summed)) is Product merged
            ? WithoutInnerSums(merged, left, right)
            : product;

    /// <summary>
    /// Whether it is a linear combination of what a factor has along its axis, of which k is the index: a row, one that is gathered, A P, P - Q of gathered
    /// rows, U S. What it is combined by has neither factor of the pair.
    /// </summary>
    private static bool IsRow(Expression expression, FactorAxis axis, FactorAxis other, Index k) => expression switch
    {
        Leaf leaf => leaf.Tensor == axis.Factor && axis.IndexOf(leaf) == k && leaf.Indices.Count(i => i == k) == 1,
        Addition sum => sum.Operands.All(o => IsRow(o, axis, other, k)),
        Product product => !product.Summed.Contains(k)
            && product.Operands.Where(o => o.Free.Contains(k)).ToList() is [var row] && IsRow(row, axis, other, k)
            && product.Operands.All(o => ReferenceEquals(o, row) || !(Has(o, axis.Factor) || Has(o, other.Factor))),
        _ => false,
    };

    /// <summary>The number c if all that a loss has of a factor is c ΣF²; null if it has more. Zero if it has nothing.</summary>
    private static Expression? RidgeOf(Expression loss, Tensor factor)
    {
        var terms = (loss is Addition addition ? addition.Operands : [loss]).Where(t => Has(t, factor)).ToList();
        var ridges = terms.Select(t => Ridge(t, factor)).ToList();
        return ridges.Any(r => r is null) ? null : Build.Add(ridges.Select(r => r!));
    }

    private static Expression? Ridge(Expression term, Tensor factor)
    {
        var coefficient = term is Product product ? product.Coefficient : 1;
        var operands = term is Product { Summed.Count: 0 } scaled ? scaled.Operands : [term];
        var squares = operands.Where(o => Has(o, factor)).ToList();
        var numbers = operands.Except(squares).Prepend(Build.Number(term is Product { Summed.Count: 0 } ? coefficient : 1));
        return squares is [Addition sum]
            ? RidgeOf(sum, factor) is { } within ? Build.Multiply([.. numbers, within]) : null
            : squares is [Product { Operands: [Power { Exponent: 2, Base: Leaf leaf }] } norm] && leaf.Tensor == factor && norm.Free.Count == 0
            ? Build.Multiply([.. numbers, Build.Number(norm.Coefficient)])
            : squares is [Power { Exponent: 2, Base: Leaf { Indices.Count: 0 } number }] && number.Tensor == factor ? Build.Multiply(numbers)
            : null;
    }

    private static bool Has(Expression expression, Tensor factor) => expression.SelfAndDescendants().Any(e =>
        e is Leaf { Tensor.Role: TensorRole.Factor or TensorRole.Frozen } leaf && leaf.Tensor.Name == factor.Name);
}
