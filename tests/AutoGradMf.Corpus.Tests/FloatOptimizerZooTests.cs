using AutoGradMf.Kernels;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Every declared loss with every optimizer that accepts it, in float.</summary>
public class FloatOptimizerZooTests
{
    private const int FewIterations = 15;
    private const double Share = 1e-3, ShareByValues = 2e-2;

    private static readonly Dictionary<string, IOptimizer<float>> Optimizers = OptimizerZooTests.All<float>();

    /// <summary>They compare values where others compare slopes, too.</summary>
    private static readonly string[] LedByValues = ["multiplicative updates", "Adam", "alternating majorization"];

    /// <summary>Losses without a minimum, also where they are written otherwise.</summary>
    private static readonly HashSet<string> Unbounded =
    [
        .. OptimizerZooTests.WithoutMinimum,
        .. OptimizerZooTests.WithoutMinimum.Intersect(GeneratedLoss.Names).SelectMany(loss => GeneratedLoss.Of(GeneratedLoss.Entry(loss))),
    ];

    public static TheoryData<string, string> Accepted => OptimizerZooTests.Accepted;

    public static TheoryData<string, string> Convergent => OptimizerZooTests.Convergent;

    /// <summary>Or it is unbounded below, and goes to where float ends in the first step.</summary>
    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_objective_falls(string loss, string optimizer)
    {
        var objective = OptimizerZooTests.Point<float>().Objective(loss);
        var start = SyntheticPoint<float>.Start(objective);
        try
        {
            var result = Optimizers[optimizer].Minimize(objective, start, new() { MaxIterations = FewIterations }, Workers.Shared);
            Assert.True(result.Objective < objective.Value(start, objective.CreateWorkspace()));
        }
        catch (NonFiniteObjectiveException<float> endless)
        {
            Assert.True(Unbounded.Contains(loss), endless.Message);
            Assert.True(objective.Value(endless.LastFinite!, objective.CreateWorkspace()) <= objective.Value(start, objective.CreateWorkspace()));
        }
    }

    /// <summary>As far as values of seven digits show: where only they decide, a descent ends at about the square root of their rounding.</summary>
    [Theory]
    [MemberData(nameof(Convergent))]
    public void The_gradient_falls_to_a_share_of_the_starts(string loss, string optimizer)
    {
        var objective = OptimizerZooTests.Point<float>().Objective(loss);
        var start = SyntheticPoint<float>.Start(objective);
        var share = LedByValues.Contains(optimizer) ? ShareByValues : Share;

        var result = Optimizers[optimizer].Minimize(
            objective,
            start,
            new() { MaxIterations = OptimizerZooTests.Budgets[optimizer], RelativeObjectiveTolerance = 0, GradientTolerance = share },
            Workers.Shared);

        var reached = result.GradientNorm / Optimizers[optimizer].Begin(objective, start, Workers.Shared).GradientNorm;
        Assert.True(reached <= share, $"It is {reached} of the start's after {result.Iterations} iterations ({result.Reason}).");
    }
}
