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
    /// <summary>Whether a product has a best pair. Where one ridge is zero, the other tends to zero as its factor shrinks, and never is.</summary>
    internal bool HasBest => double.IsNaN(RidgeRatio) || RidgeRatio is > 0 and < double.PositiveInfinity;

    /// <summary>As of <see cref="RidgeScale"/>.</summary>
    internal double? LeftScale => RidgeScale.Of(RidgeRatio);
}
