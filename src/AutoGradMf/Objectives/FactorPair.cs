namespace AutoGradMf.Objectives;

/// <summary>Two factors that an objective sees only through the product of one with the other's transpose, and through equal ridges.</summary>
/// <param name="Left">The number of the factor U, m × k.</param>
/// <param name="Right">The number of the factor M, n × k.</param>
public readonly record struct FactorPair(int Left, int Right);
