namespace AutoGradMf.Objectives;

/// <summary>
/// The remainders |f(x + h·d) − f(x) − h·∇f(x)·d| for steps that halve. With a right gradient they fall with h², so that the rate
/// log₂(r(2h) / r(h)) is 2; with a wrong one it is 1.
/// </summary>
/// <param name="Steps">h, falling; d has length 1.</param>
/// <param name="Remainders">The remainder at each step.</param>
/// <param name="Rates">One number fewer: the rate between each step and the next.</param>
/// <param name="Passed">Whether the gradient is right as far as this test can tell.</param>
/// <param name="Explanation">Why it passed or not, in a sentence.</param>
public sealed record TaylorCheck(
    IReadOnlyList<double> Steps, IReadOnlyList<double> Remainders, IReadOnlyList<double> Rates, bool Passed, string Explanation);
