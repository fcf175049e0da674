using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>What <c>Fit</c> takes of what is proved of a loss.</summary>
public class DefaultOptimizerTests
{
    [Theory]
    [InlineData("SquaredError.Masked", "alternating Newton")]
    [InlineData("SquaredError.Filled", "alternating Newton")]
    [InlineData("SquaredError.Biased", "alternating Newton")]
    [InlineData("Penalized.TriFactor", "alternating Newton")]
    [InlineData("Penalized.WeightedFeatures", "alternating Newton")]
    [InlineData("Bounded.NonNegative", "alternating Newton")]
    [InlineData("Bounded.Box", "alternating Newton")]
    [InlineData("Robust.HuberError", "L-BFGS")]
    [InlineData("Counts.Poisson", "L-BFGS")]
    [InlineData("Bounded.CubicDivergence", "multiplicative updates")]
    [InlineData("Bounded.KullbackLeibler", "L-BFGS-B")]
    [InlineData("Regularizers.ElasticNet", "proximal gradient")]
    [InlineData("Ranking.Bpr", "L-BFGS")]
    public void Fit_takes_what_suits_the_structure(string loss, string method) =>
        Assert.Equal(method, DefaultOptimizer.Of(new SyntheticPoint<double>(12, 10, 2, 90).Objective(loss)).Name);
}
