using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>The method that suits what is proved of an objective.</summary>
internal static class DefaultOptimizer
{
    /// <summary>
    /// Steps that shrink where norms are added, since minima are at their kinks; quasi-Newton steps within bounds if there are any; steps along
    /// samples where these are drawn at random, since the minimum over one draw says little of others; exact steps where small systems give the
    /// minimum in every factor; else quasi-Newton steps in all factors at once.
    /// </summary>
    public static IOptimizer<TElement> Of<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var proximal = new ProximalGradient<TElement>();
        return proximal.FindRefusal(objective) is null ? proximal
            : objective.Layout.Factors.Any(f => f.IsBounded) ? new BoundedLimitedMemoryBfgs<TElement>()
            : objective is ISampled<TElement> sampled && sampled.Samples.Any(set => set.IsRandom) ? new StochasticGradient<TElement>()
            : objective is IBlockNewton<TElement> newton && newton.Blocks.All(b => b is { IsQuadratic: true, Systems: not BlockSystems.None })
            ? new AlternatingNewton<TElement>()
            : new LimitedMemoryBfgs<TElement>();
    }
}
