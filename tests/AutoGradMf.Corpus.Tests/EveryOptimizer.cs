using System.Numerics;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The optimizers of the library, by name.</summary>
internal static class EveryOptimizer
{
    public static IReadOnlyDictionary<string, IOptimizer<TElement>> Of<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new IOptimizer<TElement>[]
        {
            new AlternatingNewton<TElement>(), new LimitedMemoryBfgs<TElement>(), new BoundedLimitedMemoryBfgs<TElement>(), new ProjectedGradient<TElement>(),
            new NewtonConjugateGradient<TElement>(), new ProximalGradient<TElement>(), new MultiplicativeUpdates<TElement>(), new Adam<TElement>(),
            new GradientDescent<TElement>(), new StochasticGradient<TElement> { LearningRate = 1e-3, Momentum = 0.5 }, new AlternatingMajorization<TElement>(),
        }.ToDictionary(o => o.Name, StringComparer.Ordinal).Append(new("alternating conjugate gradients", new AlternatingNewton<TElement> { ConjugateGradientSteps = 3 }))
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>Losses, each with every optimizer that accepts it.</summary>
    public static TheoryData<string, string> With(IEnumerable<string> losses)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var loss in losses)
        {
            var objective = new SyntheticPoint<double>(12, 10, 2, 90).Objective(loss);
            foreach (var (name, optimizer) in Of<double>().Where(o => o.Value.FindRefusal(objective) is null))
            {
                pairs.Add(loss, name);
            }
        }

        return pairs;
    }
}
