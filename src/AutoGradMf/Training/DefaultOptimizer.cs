using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>The method that suits what is proved of an objective.</summary>
internal static class DefaultOptimizer
{
    /// <summary>
    /// Steps that shrink where norms are added, since minima are at their kinks; steps along samples where these are drawn at random, since the
    /// minimum over one draw says little of others; one factor after the other to its minimum where each minimum is a linear system; else
    /// quasi-Newton steps in all factors at once.
    /// </summary>
    public static IOptimizer<TElement> Of<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var proximal = new ProximalGradient<TElement>();
        return proximal.FindRefusal(objective) is null ? proximal
            : objective.Layout.Factors.Any(f => f.IsBounded) ? WithinBounds(objective)
            : objective is ISampled<TElement> sampled && sampled.Samples.Any(set => set.IsRandom) ? new StochasticGradient<TElement>()
            : IsQuadraticInEach(objective) ? new AlternatingNewton<TElement>()
            : new LimitedMemoryBfgs<TElement>();
    }

    /// <summary>
    /// Matrices alternate; biases do not, which within bounds are slow to follow the features that they depend on. Where no number bounds the
    /// curvature, as of logarithms near zero, other steps than multiplicative ones are short.
    /// </summary>
    private static IOptimizer<TElement> WithinBounds<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var multiplicative = new MultiplicativeUpdates<TElement>();
        return IsQuadraticInEach(objective)
            ? objective.Layout.Factors.All(f => f.Kind == FactorKind.Matrix) ? new AlternatingNewton<TElement>() : new BoundedLimitedMemoryBfgs<TElement>()
            : objective.Layout.Factors.All(f => f.Min == 0) && multiplicative.FindRefusal(objective) is null
                && new AlternatingMajorization<TElement>().FindRefusal(objective) is not null ? multiplicative
            : new BoundedLimitedMemoryBfgs<TElement>();
    }

    private static bool IsQuadraticInEach<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        objective is IBlockNewton<TElement> newton && newton.Blocks.All(block => block.IsQuadratic) && new AlternatingNewton<TElement>().FindRefusal(objective) is null;
}
