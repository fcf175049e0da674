using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Says which factors a loss tells apart by their ridges alone, so that training may take those of the smallest.</summary>
internal static class BalanceText
{
    /// <summary>A line for each pair.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ProductPair> products, IReadOnlyList<AxisPair> axes, IReadOnlyList<FactorGradient> factors)
    {
        return products.Select(OfProduct).Concat(axes.Select(OfAxes));

        string OfProduct(ProductPair pair) => $"balanced: {Name(pair.Left)} and {Name(pair.Right)} are seen through {Name(pair.Left)} {Name(pair.Right)}' and ridges alone";

        string OfAxes(AxisPair pair) => pair switch
        {
            { Between: { } between } => $"balanced: {Name(pair.Left.Factor)} and {Name(pair.Right.Factor)} are seen through "
                + $"{Name(pair.Left.Factor)} diag({Name(between)}) {Name(pair.Right.Factor)}' and ridges alone",
            { IsMixed: true } => $"balanced: {Slices(pair.Left)} may be mixed, and {Slices(pair.Right)} by the inverse, but for ridges",
            _ => $"balanced: {Slices(pair.Left)} may be multiplied by numbers, and {Slices(pair.Right)} divided, but for ridges",
        };

        string Name(int factor) => factors[factor].Factor.Name;

        string Slices((int Factor, int? Axis) slices) => (factors[slices.Factor].Factor.Dimensions.Count, slices.Axis) switch
        {
            (_, null) => Name(slices.Factor),
            (2, 0) => $"rows of {Name(slices.Factor)}",
            (2, _) => $"columns of {Name(slices.Factor)}",
            _ => $"elements of {Name(slices.Factor)}",
        };
    }
}
