using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>Two factors along whose axes a loss does not see how they share what they are together, but for their ridges.</summary>
/// <param name="Left">The number of one factor, and its axis, as of <paramref name="Right"/>; null for the factor as a whole.</param>
/// <param name="Right">The other factor.</param>
/// <param name="IsMixed">Whether slices may be mixed by any invertible matrix; else each is multiplied by a number.</param>
/// <param name="Between">The number of a vector that stands between the slices where they are mixed, c in U diag(c) V'; null if none does.</param>
/// <param name="RidgeRatio">As of <see cref="ProductPair"/>.</param>
internal sealed record AxisPair((int Factor, int? Axis) Left, (int Factor, int? Axis) Right, bool IsMixed, int? Between, Expression RidgeRatio);

/// <summary>
/// Finds what <see cref="ProductPairs"/> cannot say: a feature's weight c beside U and V in U diag(c) V', whose slices of one feature may be multiplied by numbers of
/// product one; S between them in U S V', of which U T and T⁻¹ S are seen alike; a scale of each row; a number that multiplies all.
/// </summary>
internal static class AxisPairs
{
    /// <summary>The pairs, so many as tie all axes together that are seen through a product: none follows of the others, nor of the product pairs.</summary>
    public static IReadOnlyList<AxisPair> Of(Expression loss, IReadOnlyList<Tensor> factors, MultipliedFactors multiplied, IReadOnlyList<ProductPair> products)
    {
        var axes = factors.SelectMany((factor, number) => Axes(factor).Select(axis => (Number: number, Axis: axis))).ToList();
        var group = Enumerable.Range(0, axes.Count).ToArray();
        foreach (var pair in products)
        {
            Join(axes.FindIndex(a => a.Number == pair.Left && a.Axis == FeatureAxis(factors[pair.Left])), axes.FindIndex(a => a.Number == pair.Right && a.Axis == FeatureAxis(factors[pair.Right])));
        }

        var pairs = new List<AxisPair>();
        for (var l = 0; l < axes.Count; l++)
        {
            for (var r = l + 1; r < axes.Count; r++)
            {
                var ((left, leftAxis), (right, rightAxis)) = (axes[l], axes[r]);
                if (left != right && group[l] != group[r] && multiplied.Have(factors[left], factors[right])
                    && RidgeRatio(loss, new(factors[left], leftAxis), new(factors[right], rightAxis)) is var (ratio, isMixed))
                {
                    pairs.Add(new((left, leftAxis), (right, rightAxis), isMixed, Between: null, ratio));
                    Join(l, r);
                }
            }
        }

        for (var l = 0; l < axes.Count; l++)
        {
            for (var r = l + 1; r < axes.Count; r++)
            {
                pairs.AddRange(axes[l].Number != axes[r].Number && group[l] == group[r] ? Weighted(axes[l], axes[r], loss, factors) : []);
            }
        }

        return pairs;

        void Join(int left, int right)
        {
            var (kept, gone) = (group[left], group[right]);
            for (var a = 0; a < group.Length; a++)
            {
                group[a] = group[a] == gone ? kept : group[a];
            }
        }
    }

    /// <summary>Two matrices whose features may be mixed across a vector that stands between them.</summary>
    private static IEnumerable<AxisPair> Weighted((int Factor, int? Axis) leftAxis, (int Factor, int? Axis) rightAxis, Expression loss, IReadOnlyList<Tensor> factors)
    {
        var (left, right) = (new FactorAxis(factors[leftAxis.Factor], leftAxis.Axis), new FactorAxis(factors[rightAxis.Factor], rightAxis.Axis));
        for (var c = 0; c < factors.Count && AreMatricesOfFeatures(left, right); c++)
        {
            if (factors[c].Dimensions.Count == 1 && factors[c].Dimensions[0] == left.Dimension && ProductPairs.OfAxes(loss, left, right, factors[c]) is { } ratio)
            {
                yield return new(leftAxis, rightAxis, IsMixed: true, Between: c, ratio);
            }
        }
    }

    private static bool AreMatricesOfFeatures(FactorAxis left, FactorAxis right) =>
        left.Dimension is { IsLatent: true } && left.Factor.Dimensions.Count == 2 && right.Factor.Dimensions.Count == 2;

    private static (Expression Ratio, bool IsMixed)? RidgeRatio(Expression loss, FactorAxis left, FactorAxis right) =>
        left.Dimension != right.Dimension || (left.Dimension is null && left.Factor.Dimensions.Count > 0 && right.Factor.Dimensions.Count > 0) ? null
        : AreMatricesOfFeatures(left, right) && ProductPairs.OfAxes(loss, left, right) is { } mixed ? (mixed, true)
        : ProductPairs.OfRest(ScalingWeight.WithoutInvariant(loss, left, right), left.Factor, right.Factor) is { } scaled ? (scaled, false)
        : null;

    /// <summary>Each index, and the whole, which a number multiplies.</summary>
    private static IEnumerable<int?> Axes(Tensor factor) => Enumerable.Range(0, factor.Dimensions.Count).Reverse().Select(axis => (int?)axis).Append(null);

    private static int? FeatureAxis(Tensor factor) => factor.Dimensions.Count == 2 ? 1 : null;
}
