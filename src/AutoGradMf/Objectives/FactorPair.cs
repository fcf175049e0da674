namespace AutoGradMf.Objectives;

/// <summary>
/// Two factors that an objective sees only through the product of one with the other's transpose, and through ridges a ΣU² and b ΣM². Vectors
/// count as one column.
/// </summary>
/// <param name="Left">The number of the factor U, m × k.</param>
/// <param name="Right">The number of the factor M, n × k.</param>
/// <param name="RidgeRatio">b / a; 1 where the ridges are equal or there are none.</param>
public readonly record struct FactorPair(int Left, int Right, double RidgeRatio = 1)
{
    /// <summary>
    /// What U of the best pair of a product is that of the balanced one times, and M divided by, (b / a)^¼: √a U and √b M are balanced then.
    /// Null where no pair is the best, because a ridge is zero or negative and the other is not.
    /// </summary>
    internal double? LeftScale => RidgeRatio is > 0 and < double.PositiveInfinity ? Math.Pow(RidgeRatio, 0.25) : null;
}
