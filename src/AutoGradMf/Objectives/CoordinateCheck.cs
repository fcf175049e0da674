namespace AutoGradMf.Objectives;

/// <summary>How well the partial derivatives in one factor agree with central differences, at the place where they agree least.</summary>
/// <param name="Factor">The factor's name.</param>
/// <param name="LargestRelativeError">The largest |a − n| / max(10⁻⁸, |a| + |n|); infinite if a derivative is not finite.</param>
/// <param name="Row">The row of the element where it occurs.</param>
/// <param name="Column">Its column.</param>
/// <param name="Analytic">a: the gradient's element there.</param>
/// <param name="Numeric">n: the central difference there.</param>
/// <param name="Checked">How many elements of the factor were checked.</param>
public sealed record CoordinateCheck(
    string Factor, double LargestRelativeError, int Row, int Column, double Analytic, double Numeric, int Checked);
