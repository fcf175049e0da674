namespace AutoGradMf.Objectives;

/// <summary>
/// Two factors with equally many slices, of which an objective does not see how they share what they are together, but for ridges a ΣL² and b ΣR²: it is the same
/// where each slice of one is multiplied by a number and that of the other divided by it.
/// </summary>
/// <param name="Left">The number of the factor L.</param>
/// <param name="LeftAxis">What its slices are.</param>
/// <param name="Right">The number of the factor R.</param>
/// <param name="RightAxis">What its slices are.</param>
/// <param name="IsMixed">Whether it is the same, too, where the slices of one are mixed by any invertible matrix T and those of the other by T⁻ᵀ.</param>
/// <param name="Between">The number of a vector that stands between the slices and takes part in the mixing, c in U·diag(c)·Vᵀ; null if none does.</param>
/// <param name="RidgeRatio">b / a: 0 or infinity where one of them is 0, NaN where both are; 1 where the ridges are equal or there are none.</param>
public readonly record struct AxisPair(int Left, FactorAxis LeftAxis, int Right, FactorAxis RightAxis, bool IsMixed = false, int? Between = null, double RidgeRatio = 1);
