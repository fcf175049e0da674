namespace AutoGradMf.Objectives;

/// <summary>How well directional derivatives agree with central differences, in the direction where they agree least.</summary>
/// <param name="Factor">The factor within which the directions lie; null for directions through all factors.</param>
/// <param name="LargestRelativeError">The largest |a − n| / max(10⁻⁸, |a| + |n|); infinite if a derivative is not finite.</param>
/// <param name="Analytic">a: the gradient times that direction.</param>
/// <param name="Numeric">n: the central difference along it.</param>
/// <param name="Checked">How many directions were checked.</param>
public sealed record DirectionCheck(string? Factor, double LargestRelativeError, double Analytic, double Numeric, int Checked);
