namespace AutoGradMf.Objectives;

/// <summary>What a loss is as a function of one factor, the other factors held fixed.</summary>
/// <param name="IsQuadratic">Whether the second derivative does not depend on the factor: a Newton step then ends at the minimum.</param>
/// <param name="Systems">The systems that <see cref="IBlockNewton{TElement}.NewtonStep"/> solves; with
/// <see cref="BlockSystems.None"/> it cannot.</param>
public sealed record BlockCurvature(bool IsQuadratic, BlockSystems Systems);
