using System.Numerics;
using AutoGradMf.Data;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Rates of stochastic gradient that nobody chose: they suit a loss in whatever unit it and its data are.</summary>
public class LearningRateTests
{
    private const int Rank = 9;

    [Fact]
    public void A_ranking_loss_that_is_a_mean_is_learned_as_fast_as_its_sum()
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 20);
        var samples = triples.Users.Length;
        var sum = new ScaledLosses.PreferencesTrainer<double>(
            triples.Users, triples.Rated, triples.Unrated, 1, 1e-3 * samples, ratings.Rows, ratings.Columns, Rank).Fit();
        var mean = new ScaledLosses.MeanOfPreferencesTrainer<double>(
            triples.Users, triples.Rated, triples.Unrated, 1e-3, ratings.Rows, ratings.Columns, Rank).Fit();
        Assert.True(mean.Objective < 0.9 * Math.Log(2), $"It is {mean.Objective} after {mean.Iterations} epochs: {mean.Reason}.");
        Assert.Equal(sum.Iterations, mean.Iterations);
        Assert.Equal(sum.Objective / samples, mean.Objective, 1e-6);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 0.5)]
    [InlineData(false, 0)]
    [InlineData(false, 0.5)]
    public void A_masked_loss_that_is_a_mean_takes_the_steps_of_its_sum(bool isAdaptive, double momentum)
    {
        var ratings = SmallRatings.Create();
        var optimizer = new StochasticGradient<double> { IsAdaptive = isAdaptive, Momentum = momentum };
        var share = 1.0 / (ratings.Rows * ratings.Columns);
        RequireSameSteps(
            new ScaledLosses.SquaresObjective<double>(ratings, 1, 1, Rank),
            new ScaledLosses.MeanOfSquaresObjective<double>(ratings, share, Rank),
            optimizer,
            1e-9);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 0.5)]
    [InlineData(false, 0)]
    [InlineData(false, 0.5)]
    public void A_multiple_of_a_loss_takes_the_same_steps(bool isAdaptive, double momentum)
    {
        RequireScaleFree(new StochasticGradient<double> { IsAdaptive = isAdaptive, Momentum = momentum }, 1e-9);
        RequireScaleFree(new StochasticGradient<float> { IsAdaptive = isAdaptive, Momentum = momentum }, 1e-3);
    }

    /// <summary>Where the multiple changes no digit, it changes no bit.</summary>
    [Theory]
    [InlineData(1.0 / (1 << 20))]
    [InlineData(1 << 20)]
    public void A_power_of_two_changes_no_bit(double scale)
    {
        var ratings = SmallRatings.Create();
        RequireSameSteps(
            new ScaledLosses.SquaresObjective<float>(Floats(ratings), 1, 1, Rank),
            new ScaledLosses.SquaresObjective<float>(Floats(ratings), scale, 1, Rank),
            new StochasticGradient<float>(),
            tolerance: 0);
    }

    /// <summary>The objective falls by the same share.</summary>
    [Theory]
    [InlineData(1e-6, true)]
    [InlineData(1e-6, false)]
    [InlineData(1e6, true)]
    [InlineData(1e6, false)]
    public void Data_in_another_unit_are_learned_as_fast(double unit, bool isAdaptive)
    {
        var optimizer = new StochasticGradient<double> { IsAdaptive = isAdaptive };
        var (one, other) = (Fall(1), Fall(unit));
        Assert.InRange(one, 0.5, 1);
        Assert.InRange(other, 0.95 * one, 1.05 * one);

        double Fall(double scale)
        {
            var ratings = SmallRatings.Create();
            var scaled = new SparseMatrix<double>(ratings.Pattern, ratings.Values.ToArray().Select(r => r * scale).ToArray());
            var options = new TrainingOptions<double> { Optimizer = optimizer, Stopping = new() { MaxIterations = 20 } };
            var trainer = new ScaledLosses.RidgedTrainer<double>(scaled, scale, Rank);
            var start = optimizer.DefaultInitialization.Start(trainer.Objective, 1, Kernels.Workers.Shared, default);
            return 1 - (trainer.Fit(options).Objective / trainer.Objective.Value(start, trainer.Objective.CreateWorkspace()));
        }
    }

    /// <summary>A start that is a model already, whose first steps are not to spoil it: epochs are repeated with shorter ones, but few times.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_is_trained_on(bool isAdaptive)
    {
        var objective = new ScaledLosses.SquaresObjective<double>(SmallRatings.Create(), 1, 1, Rank);
        var optimizer = new StochasticGradient<double> { IsAdaptive = isAdaptive };
        var start = optimizer.DefaultInitialization.Start(objective, 1, Kernels.Workers.Shared, default);
        var model = optimizer.Minimize(objective, start, new() { MaxIterations = 50 });
        var further = optimizer.Minimize(objective, model.Parameters, new() { MaxIterations = 5 });
        Assert.True(further.Objective < model.Objective, $"It is {further.Objective} after {model.Objective}: {further.Reason}.");
        Assert.InRange(further.Evaluations, 5, 16);
    }

    private static void RequireScaleFree<TElement>(StochasticGradient<TElement> optimizer, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 5);
        var data = new SparseMatrix<TElement>(ratings.Pattern, ratings.Values.ToArray().Select(TElement.CreateChecked).ToArray());
        foreach (var scale in new[] { 1e-6, 1e6 })
        {
            RequireSameSteps(Squares(1), Squares(scale), optimizer, tolerance);
            RequireSameSteps(Preferences(1), Preferences(scale), optimizer, tolerance);
        }

        IObjective<TElement> Squares(double scale) => new ScaledLosses.SquaresObjective<TElement>(data, scale, 1, Rank);

        IObjective<TElement> Preferences(double scale) => new ScaledLosses.PreferencesObjective<TElement>(
            triples.Users, triples.Rated, triples.Unrated, scale, 0.1, ratings.Rows, ratings.Columns, Rank);
    }

    private static void RequireSameSteps<TElement>(
        IObjective<TElement> one, IObjective<TElement> other, StochasticGradient<TElement> optimizer, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (start, expected) = Reached(one);
        var (_, actual) = Reached(other);
        Assert.True(start.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.1, "It hardly moves.");
        foreach (var (wanted, found) in expected.Zip(actual))
        {
            Assert.InRange(found, wanted - tolerance, wanted + tolerance);
        }

        (double[] Start, double[] End) Reached(IObjective<TElement> objective)
        {
            var start = ((IOptimizer<TElement>)optimizer).DefaultInitialization.Start(objective, 1, Kernels.Workers.Shared, default);
            var end = optimizer.Minimize(objective, start, new() { MaxIterations = 5 }).Parameters;
            return (Doubles(start), Doubles(end));
        }

        static double[] Doubles(Parameters<TElement> parameters) => [.. parameters.Values.ToArray().Select(double.CreateChecked)];
    }

    private static SparseMatrix<float> Floats(SparseMatrix<double> ratings) =>
        new(ratings.Pattern, ratings.Values.ToArray().Select(r => (float)r).ToArray());
}

/// <summary>Losses with a number before them, and the same as means.</summary>
internal static partial class ScaledLosses
{
    [Loss]
    internal static double Preferences(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l, double scale, double reg) =>
        scale * (Sum(Softplus(-RowDots(U[i], V[j] - V[l]))) + reg * (Sum(Square(U)) + Sum(Square(V))));

    [Loss]
    internal static double MeanOfPreferences(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l, double reg) =>
        -Mean(LogSigmoid(RowDots(U[i], V[j] - V[l]))) + reg * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    internal static double Squares(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, [Factor] double mu,
        SparseMatrix<double> R, double scale, double reg) =>
        scale * (Sum(Observed(R) % Square(U * V.T + b + mu - R)) + reg * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b))));

    [Loss]
    internal static double MeanOfSquares(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, [Factor] double mu,
        SparseMatrix<double> R, double reg) =>
        Mean(Observed(R) % Square(U * V.T + b + mu - R)) + reg * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)));

    /// <summary>In the unit of the data, of which that of features is the root.</summary>
    [Loss]
    internal static double Ridged(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, double unit) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + b - R)) + 0.5 * unit * (Sum(Square(U)) + Sum(Square(V))) + 0.5 * Sum(Square(b));
}
