using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Data that tell little or nothing: every optimizer comes to rest where the gradient vanishes, to half the digits of a number.</summary>
public class OddDataTests
{
    /// <summary>What plain and stochastic gradients come to is only to be lower.</summary>
    private static readonly string[] WithoutBudget = ["gradient descent", "stochastic gradient"];

    /// <summary>Minima at kinks, where no gradient vanishes; proximal steps reach them.</summary>
    private static readonly string[] WithKinks = ["Regularizers.ElasticNet"];

    /// <summary>Factors that the ridge is hardly too strong for, and biases at zero, tend to zero as ratios to one.</summary>
    private static readonly (string, string) Slow = ("SquaredError.Biased", "multiplicative updates");

    private static readonly Dictionary<string, (int, int, double)[]> Data = new()
    {
        ["1 × 1"] = [(0, 0, 3)],
        ["1 × 1, empty"] = [],
        ["1 × 4"] = [(0, 1, 3), (0, 3, 1)],
        ["4 × 1"] = [(1, 0, 3), (3, 0, 1)],
        ["5 × 4, empty"] = [],
        ["5 × 4, one entry"] = [(1, 2, 4)],
        ["5 × 4, without the first row and the last column"] = [(1, 0, 4), (1, 2, 2), (2, 1, 5), (4, 2, 1), (3, 0, 3)],
        ["5 × 4, stored zeros"] = [(1, 0, 0), (1, 2, 0), (2, 1, 0), (4, 3, 0)],
        ["5 × 4, all equal"] = [.. from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, 4) select (i, j, 3.0)],
        ["5 × 4, equal where observed"] = [.. from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, 4) where (i + j) % 2 == 0 select (i, j, 3.0)],
    };

    private static readonly string[] Losses =
        ["SquaredError.Masked", "SquaredError.Biased", "SquaredError.Filled", "SquaredError.Implicit", "Regularizers.ElasticNet", "Penalized.ThreeFactors", "Bounded.NonNegative"];

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(Losses);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_minimum_is_reached(string loss, string optimizer)
    {
        foreach (var data in Data.Keys)
        {
            foreach (var rank in new[] { 1, 3 })
            {
                RequireMinimum<double>(loss, optimizer, data, rank, 1e-5);
                RequireMinimum<float>(loss, optimizer, data, rank, 1e-2);
            }
        }
    }

    private static void RequireMinimum<TElement>(string loss, string optimizer, string data, int rank, double share)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sizes = data.Split(' ', ',');
        var ratings = SparseMatrix<double>.FromCoordinates(int.Parse(sizes[0]), int.Parse(sizes[2]), Data[data]).Cast<TElement>();
        var objective = GeneratedLoss.Objective<TElement>(loss, p => p.ParameterType == typeof(double) ? 0.25 : p.ParameterType == typeof(int) ? rank : ratings);
        var start = SyntheticPoint<TElement>.Start(objective);
        var method = EveryOptimizer.Of<TElement>()[optimizer];
        var before = method.Minimize(objective, start, new() { MaxIterations = 0 });
        var stopping = new StoppingCriteria { MaxIterations = WithoutBudget.Contains(optimizer) || (loss, optimizer) == Slow ? 500 : 20_000, GradientTolerance = share / 2, RelativeObjectiveTolerance = 0 };

        var result = method.Minimize(objective, start, stopping);

        var what = $"{typeof(TElement).Name}, {data}, {rank} features: {before.Objective} → {result.Objective}, {before.GradientNorm} → {result.GradientNorm}, {result.Iterations} × ({result.Reason})";
        Assert.True(double.IsFinite(result.Objective) && result.Objective <= before.Objective, what);
        if (!WithoutBudget.Contains(optimizer) && (loss, optimizer) != Slow && (optimizer == "proximal gradient" || !WithKinks.Contains(loss)))
        {
            Assert.True(result.GradientNorm <= share * before.GradientNorm && result.Reason != StoppingReason.IterationLimit, what);
        }
    }
}
