using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Initialization;

/// <summary>Two factors that an objective sees through their product, each with an axis that has a slice for each entity: rows, or columns where its features come first.</summary>
/// <param name="Left">The number of the factor U.</param>
/// <param name="LeftEntities">Its axis.</param>
/// <param name="Right">The number of the factor M.</param>
/// <param name="RightEntities">Its axis.</param>
/// <param name="Between">The number of c in U·diag(c)·Mᵀ, which is the product where c is 1; null if there is none.</param>
/// <param name="RidgeRatio">As of <see cref="AxisPair"/>.</param>
internal readonly record struct ThinPair(int Left, FactorAxis LeftEntities, int Right, FactorAxis RightEntities, int? Between, double RidgeRatio)
{
    /// <summary>
    /// Those of an objective without bounds, but for such between them that allow 1: all whose features are in columns, and one with
    /// features first only if no other has a factor of it.
    /// </summary>
    public static IReadOnlyList<ThinPair> Of<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var factors = objective.Layout.Factors;
        var mixed = PairBalances<TElement>.Pairs(objective).Where(pair => pair.IsMixed).ToList();
        return
        [
            .. mixed.Where(pair => !factors[pair.Left].IsBounded && !factors[pair.Right].IsBounded
                    && !(pair.Between is { } between && factors[between] is not { Min: <= 1, Max: >= 1 })
                    && (pair is { LeftAxis: not FactorAxis.Rows, RightAxis: not FactorAxis.Rows } || mixed.All(other => other == pair || !Meet(other, pair))))
                .Select(pair => new ThinPair(pair.Left, Entities(pair.Left, pair.LeftAxis), pair.Right, Entities(pair.Right, pair.RightAxis), pair.Between, pair.RidgeRatio)),
        ];

        FactorAxis Entities(int factor, FactorAxis features) =>
            features == FactorAxis.Rows || factors[factor].Kind == FactorKind.RowVector ? FactorAxis.Columns : FactorAxis.Rows;
    }

    private static bool Meet(AxisPair one, AxisPair other) =>
        one.Left == other.Left || one.Left == other.Right || one.Right == other.Left || one.Right == other.Right;
}
