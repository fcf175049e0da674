namespace AutoGradMf.Objectives;

/// <summary>The three values that an objective has at one point, which should be one.</summary>
/// <param name="Value">By <see cref="IObjective{TElement}.Value"/>.</param>
/// <param name="ValueWithGradient">By <see cref="IObjective{TElement}.ValueAndGradient"/>.</param>
/// <param name="Reference">By <see cref="IObjective{TElement}.Reference"/>, the user's own method.</param>
/// <param name="LargestRelativeError">
/// The larger |v − r| / max(10⁻⁸, |v| + |r|) of the two values v with the reference r; infinite if one is not finite.
/// </param>
public sealed record ValueCheck(double Value, double ValueWithGradient, double Reference, double LargestRelativeError);
