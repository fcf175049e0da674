using AutoGradMf.Generators.Symbolics.Differentiation;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>What is known of a loss beside its value and gradient, for methods of the objective that it can do without.</summary>
/// <param name="HessianVectorProduct">The Hessian times a direction; null if it is not known.</param>
/// <param name="Blocks">What the second derivative in each factor alone is made of; null for a factor of which no kernel gathers it.</param>
/// <param name="Bounds">Bounds of the second derivative in each factor alone; null for a factor that has none.</param>
/// <param name="SignSplit">The gradient by sign; null if it does not split.</param>
/// <param name="Samples">The loss as a sum over samples; null if it is none.</param>
internal sealed record Capabilities(
    IReadOnlyList<FactorGradient>? HessianVectorProduct,
    IReadOnlyList<IReadOnlyList<BlockTerm>?> Blocks,
    IReadOnlyList<CurvatureBound?> Bounds,
    SignSplit? SignSplit,
    SampledForm? Samples)
{
    public static Capabilities None { get; } = new(null, [], [], null, null);
}
