namespace AutoGradMf.Objectives;

/// <summary>
/// Two factors that an objective sees only through the product of one with the other's transpose, and through ridges a ΣU² and b ΣM². Vectors
/// count as one column.
/// </summary>
/// <param name="Left">The number of the factor U, m × k.</param>
/// <param name="Right">The number of the factor M, n × k.</param>
/// <param name="RidgeRatio">b / a: 0 or infinity where one of them is 0, NaN where both are; 1 where the ridges are equal or there are none.</param>
public readonly record struct FactorPair(int Left, int Right, double RidgeRatio = 1)
{
    /// <summary>Ridges farther apart than this are balanced as if they were not: what is left of the larger one is below rounding.</summary>
    private const double LargestRatio = 1e32;

    /// <summary>Whether a product has a best pair. Where one ridge is zero, the other tends to zero as its factor shrinks, and never is.</summary>
    internal bool HasBest => double.IsNaN(RidgeRatio) || RidgeRatio is > 0 and < double.PositiveInfinity;

    /// <summary>
    /// What U of the best pair of a product is that of the balanced one times, and M divided by, (b / a)^¼: √a U and √b M are balanced then.
    /// Where one ridge is zero, of a pair whose ridge is nothing beside the rest. Null where one is negative and the other is not.
    /// </summary>
    internal double? LeftScale => double.IsNaN(RidgeRatio) ? 1
        : double.IsNegative(RidgeRatio) ? null
        : Math.Pow(Math.Clamp(RidgeRatio, 1 / LargestRatio, LargestRatio), 0.25);
}
