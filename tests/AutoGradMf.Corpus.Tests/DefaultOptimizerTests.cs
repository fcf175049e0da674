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

    [Fact]
    public void Multiplicative_updates_are_for_factors_that_may_all_be_zero_and_not_less()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 1.0), (1, 1, 2.0)]);
        Assert.Equal("multiplicative updates", DefaultOptimizer.Of(new DivergenceLosses.NonNegativeObjective<double>(ratings, rank: 2)).Name);
        Assert.Equal("L-BFGS-B", DefaultOptimizer.Of(new DivergenceLosses.HalfFreeObjective<double>(ratings, rank: 2)).Name);
    }
}

/// <summary>Generalised Kullback-Leibler within bounds; internal, and so in no other table: without bounds it is not defined everywhere.</summary>
internal static partial class DivergenceLosses
{
    /// <summary>Both factors non-negative.</summary>
    [Loss]
    internal static double NonNegative([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, SparseMatrix<double> R) =>
        Counts.KullbackLeibler(U, V, R);

    /// <summary>One of them without bounds.</summary>
    [Loss]
    internal static double HalfFree([Factor(Min = 0)] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Counts.KullbackLeibler(U, V, R);
}
