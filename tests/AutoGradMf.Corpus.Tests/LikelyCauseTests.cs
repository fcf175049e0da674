using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>An error names what is likely to blame: the number that the loss was given, or a setting of the optimizer.</summary>
public class LikelyCauseTests
{
    private static readonly (int, int, double)[] Ratings = [(0, 0, 3), (0, 2, 1), (3, 1, 2), (3, 2, 4)];

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_hyperparameter_that_is_not_finite(double reg, string text)
    {
        var error = Fit(Masked(reg));

        Assert.Contains($"Likely cause: reg is {text}, which the loss is given; give it finite numbers.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, error.Iteration);
    }

    [Fact]
    public void An_entry_of_the_data_that_is_not_finite()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(4, 3, [.. Ratings, (2, 1, double.NaN), (3, 0, double.PositiveInfinity)]);
        Assert.Contains("Likely cause: R[2, 1] is NaN, which", Fit(new SquaredError.MaskedObjective<double>(ratings, 0.1, 2)).Message, StringComparison.Ordinal);

        var weights = new Matrix<double>(4, 3);
        weights[1, 2] = double.NegativeInfinity;
        var dense = new DenseData.WeightedObjective<double>(new Matrix<double>(4, 3), weights, 2);
        Assert.Contains("Likely cause: W[1, 2] is -Infinity, which", Fit(dense).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_too_large_to_be_squared()
    {
        (int, int, double)[] huge = [.. Ratings, (2, 1, -1e155)];
        Assert.Contains(
            "Likely cause: R[2, 1] is -1E+155, so large that squares or sums of it are infinite in Double; scale it down.",
            Fit(new SquaredError.MaskedObjective<double>(SparseMatrix<double>.FromCoordinates(4, 3, huge), 0.1, 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("Likely cause: reg is 1E+300, so large that", Fit(Masked(1e300)).Message, StringComparison.Ordinal);

        var ratings = SparseMatrix<double>.FromCoordinates(4, 3, [.. Ratings, (2, 1, 1e20)]).Cast<float>();
        var error = Assert.Throws<NonFiniteObjectiveException<float>>(() => new SquaredError.MaskedTrainer<float>(ratings, 0.1, 2).Fit());
        Assert.Contains("Likely cause: R[2, 1] is 1E+20, so large that squares or sums of it are infinite in Single; scale it down.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_is_not_finite()
    {
        var start = SyntheticPoint<double>.Start(Masked(0.1));
        start["U"][1, 0] = double.NaN;
        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() =>
            new SquaredError.MaskedTrainer<double>(Masked(0.1)).Fit(new() { Initialization = new WarmStart<double>(start) }));

        Assert.Contains("the parameter U[1, 0] is NaN. Likely cause: the start that was given holds it; give finite factors, such as those of another model.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_ridge()
    {
        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() =>
            new SquaredError.MaskedTrainer<double>(Masked(-5)).Fit(new() { Stopping = new() { MaxIterations = 100_000 } }));

        Assert.Contains(
            "Likely cause: reg is -5: a ridge or penalty of negative weight leaves the loss unbounded below; give a positive one. LastFinite holds",
            error.Message,
            StringComparison.Ordinal);
        Assert.True(error.Iteration > 0);
        Assert.Matches("^The objective is -[0-9.]+E\\+[0-9]+ in iteration ", error.Message);
    }

    [Fact]
    public void A_negative_ridge_so_large_that_the_start_is_all_but_minus_infinity()
    {
        var error = Fit(Masked(-1e120));

        Assert.Matches("^The objective is -[0-9.]+E\\+1[0-9]+ at the start: ", error.Message);
        Assert.Contains("Likely cause: reg is -1E+120: a ridge or penalty of negative weight", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Of other units, and so larger, is what has a ridge.</summary>
    [Fact]
    public void The_factor_along_which_the_objective_falls_and_not_the_largest()
    {
        var objective = new FallingLosses.ExponentialObjective<double>(SparseMatrix<double>.FromCoordinates(4, 3, Ratings), rowsOfb: 3, rank: 2);
        var start = SyntheticPoint<double>.Start(objective);
        (start["U"][1, 0], start["b"][2, 0]) = (-7000, 300);

        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() => new LimitedMemoryBfgs<double>().Minimize(objective, start));

        Assert.Equal("b", error.Factor);
        Assert.Matches(@"^The objective is -[0-9.]+E\+130 at the start: where it falls fastest, b\[2, 0\] is 300\. Likely cause: the loss is unbounded below", error.Message);
    }

    [Fact]
    public void A_learning_rate()
    {
        var error = Fit(Masked(0.1), new StochasticGradient<double> { LearningRate = 1e300, IsAdaptive = false });

        Assert.Contains("Likely cause: the LearningRate 1E+300, of which ", error.Message, StringComparison.Ordinal);
        Assert.Contains("is left after halvings, is too large, or the loss is unbounded below.", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Iteration);
    }

    [Fact]
    public void A_start_outside_the_domain()
    {
        var objective = new SyntheticPoint<double>(4, 3, 2, 6).Objective("Regularizers.Barrier");
        var start = SyntheticPoint<double>.Start(objective);
        start["V"][2, 1] = -1;

        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() => new LimitedMemoryBfgs<double>().Minimize(objective, start));

        Assert.StartsWith("The objective is NaN at the start: the largest parameter V[2, 1] is -1. Likely cause: the start or the data are outside the domain", error.Message, StringComparison.Ordinal);
    }

    private static SquaredError.MaskedObjective<double> Masked(double reg) => new SquaredError.MaskedObjective<double>(SparseMatrix<double>.FromCoordinates(4, 3, Ratings), reg, 2);

    private static NonFiniteObjectiveException<double> Fit(IObjective<double> objective, IOptimizer<double>? optimizer = null) =>
        Assert.Throws<NonFiniteObjectiveException<double>>(() =>
            (optimizer ?? new AlternatingNewton<double>()).Minimize(objective, SyntheticPoint<double>.Start(objective)));
}

/// <summary>Unbounded below in one factor; internal, and so in no table.</summary>
internal static partial class FallingLosses
{
    [Loss]
    internal static double Exponential([Factor] Matrix<double> U, [Factor] ColumnVector<double> b, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(U * V.T - R)) + Sum(Square(U)) + Sum(Square(V)) - Sum(Exp(b));
}
