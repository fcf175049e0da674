using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Where <c>Fit</c> without options begins, a descent leads to a model that explains the data.</summary>
public class DefaultStartTests
{
    /// <summary>A ridge is all that the objective says of what multiplies matrices that are zero.</summary>
    [Fact]
    public void What_multiplies_a_product_does_not_draw_it_to_zero()
    {
        var ratings = SmallRatings.Create();
        RequireExplained(new ScaledLosses.RowsAndColumnsObjective<double>(ratings, reg: 0.1, rank: 3));
        RequireExplained(new ScaledLosses.NonNegativeRowsObjective<double>(ratings, reg: 0.1, rank: 3));
        RequireExplained(new ScaledLosses.NonNegativeFeaturesObjective<double>(ratings, reg: 0.1, rank: 3));
        RequireExplained(new ScaledLosses.NumberObjective<double>(ratings, reg: 0.1, rank: 3));
    }

    /// <summary>Logarithms of products, and quotients by them, have no value at numbers of both signs.</summary>
    [Theory]
    [InlineData("Counts.ItakuraSaito")]
    [InlineData("DenseData.ItakuraSaito")]
    [InlineData("Regularizers.Barrier")]
    [InlineData("Penalized.Barrier")]
    public void A_loss_of_positive_factors_begins_at_such(string loss)
    {
        var objective = new SyntheticPoint<double>(40, 30, 3, 500).Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);

        var result = new ObjectiveTrainer<double>(objective).Fit();

        Assert.True(result.Objective < objective.Value(start, objective.CreateWorkspace()));
    }

    /// <summary>
    /// Positive numbers explain what positive data have in common; from small numbers of both signs, steps end at worse minima.
    /// </summary>
    [Theory]
    [InlineData("Penalized.ThreeWay")]
    [InlineData("Bounded.Box")]
    public void It_ends_no_higher_than_from_positive_numbers(string loss)
    {
        var objective = new SyntheticPoint<double>(40, 30, 3, 500).Objective(loss);
        var trainer = new ObjectiveTrainer<double>(objective);

        var fromPositive = trainer.Fit(new() { Initialization = new WarmStart<double>(SyntheticPoint<double>.Start(objective)) }).Objective;

        Assert.InRange(trainer.Fit().Objective, 0, 1.005 * fromPositive);
    }

    private static void RequireExplained(IObjective<double> objective)
    {
        var zero = objective.Value(new(objective.Layout), objective.CreateWorkspace());
        for (var seed = 0; seed < 4; seed++)
        {
            Assert.InRange(new ObjectiveTrainer<double>(objective).Fit(new() { Seed = seed }).Objective, 0, 0.2 * zero);
        }
    }
}

/// <summary>Products that vectors and numbers multiply; internal, and so in no other table.</summary>
internal static partial class ScaledLosses
{
    /// <summary>Each user and each movie has a scale of its own.</summary>
    [Loss]
    internal static double RowsAndColumns(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        SparseMatrix<double> R,
        double reg) =>
        0.5 * Sum(Observed(R) % Square(b % (U * V.T) % d.T - R))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)) + Sum(Square(d)));

    /// <summary>Scales that are not negative.</summary>
    [Loss]
    internal static double NonNegativeRows(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor(Min = 0)] ColumnVector<double> b,
        SparseMatrix<double> R,
        double reg) =>
        0.5 * Sum(Observed(R) % Square(b % (U * V.T) - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)));

    /// <summary>Weights of features that are not negative.</summary>
    [Loss]
    internal static double NonNegativeFeatures(
        [Factor] Matrix<double> U,
        [Factor(Min = 0), Shape("k")] ColumnVector<double> c,
        [Factor] Matrix<double> V,
        SparseMatrix<double> R,
        double reg) =>
        0.5 * Sum(Observed(R) % Square(U * Diag(c) * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(c)));

    /// <summary>One scale of all.</summary>
    [Loss]
    internal static double Number(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] double s, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(s * U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Square(s));
}
