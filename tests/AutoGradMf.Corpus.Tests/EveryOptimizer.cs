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

    /// <summary>The same, and those that have settings with others: every one that changes what a run remembers.</summary>
    public static IReadOnlyDictionary<string, IOptimizer<TElement>> WithSettings<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Of<TElement>().Concat(new Dictionary<string, IOptimizer<TElement>>
        {
            ["L-BFGS of 3 steps"] = new LimitedMemoryBfgs<TElement>(history: 3),
            ["L-BFGS-B of 3 steps"] = new BoundedLimitedMemoryBfgs<TElement>(history: 3),
            ["Adam with other decays"] = new Adam<TElement>(learningRate: 0.1, decay: 0.5, squareDecay: 0.9),
            ["adaptive stochastic gradient"] = new StochasticGradient<TElement> { Seed = 7 },
            ["adaptive stochastic gradient with momentum by a schedule"] = new StochasticGradient<TElement> { Momentum = 0.5, Schedule = LearningRateSchedule.Inverse(0.5) },
            ["plain stochastic gradient"] = new StochasticGradient<TElement> { IsAdaptive = false, LearningRate = 0.01, Schedule = LearningRateSchedule.Exponential(0.9) },
            ["plain stochastic gradient with momentum by a table"] = new StochasticGradient<TElement>
            {
                IsAdaptive = false, LearningRate = 0.01, Momentum = 0.8, Schedule = LearningRateSchedule.Table(1, 0.5, 0, 0.25),
            },
            ["stochastic gradient that diverges at first"] = new StochasticGradient<TElement> { IsAdaptive = false, LearningRate = 10, Momentum = 0.5 },
        }).ToDictionary(StringComparer.Ordinal);

    /// <summary>Losses, each with every optimizer that accepts it.</summary>
    public static TheoryData<string, string> With(IEnumerable<string> losses) => With(losses, Of<double>());

    /// <summary>Losses, each with those of some optimizers that accept it.</summary>
    public static TheoryData<string, string> With(IEnumerable<string> losses, IReadOnlyDictionary<string, IOptimizer<double>> optimizers)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var loss in losses)
        {
            var objective = new SyntheticPoint<double>(12, 10, 2, 90).Objective(loss);
            foreach (var (name, _) in optimizers.Where(o => o.Value.FindRefusal(objective) is null))
            {
                pairs.Add(loss, name);
            }
        }

        return pairs;
    }
}
