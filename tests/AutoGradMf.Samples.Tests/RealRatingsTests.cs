using System.Globalization;
using AutoGradMf.Data;
using AutoGradMf.Evaluation;
using AutoGradMf.Models;
using AutoGradMf.Optimizers;
using AutoGradMf.Samples.MovieLens;
using AutoGradMf.Samples.MovieLens.Optimum;
using AutoGradMf.Samples.MovieLens.Steps;
using MathNet.Numerics.LinearAlgebra.Double;
using Spectre.Console;
using Xunit;
using Xunit.Abstractions;

namespace AutoGradMf.Samples.Tests;

/// <summary>What the defaults reach on the real ratings, and print where the logger is detailed.</summary>
public sealed class RealRatingsTests(ITestOutputHelper output)
{
    private const double LargestGap = 1e-9;
    private const int Rank = 20;

    [SkippableTheory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(10.0)]
    public void The_classic_loss_reaches_its_optimum(double reg)
    {
        Skip.If(SharedData.MovieLens is null, SharedData.Absent);
        var ratings = MovieLensFolder.Load(SharedData.MovieLens!).Matrix;
        var optimum = ClassicOptimum.Of(ratings, reg, Rank, CancellationToken.None);

        // Of ten seeds, 4 and 8 are those that a less exact start leaves farthest from the optimum.
        foreach (var seed in new[] { 0, 4, 8 })
        {
            var result = new Losses.ClassicTrainer<double>(ratings, reg, Rank).Fit(new() { Seed = seed });

            var gap = (result.Objective - optimum) / optimum;
            Print($"λ {reg}, seed {seed}: {gap:0.0e-00} above the optimum after {result.Iterations} iterations in {result.Elapsed.TotalSeconds:F1} s");
            Assert.True(
                Math.Abs(result.Objective - optimum) < LargestGap * optimum,
                $"It is {result.Objective:R} after {result.Iterations} iterations in {result.Elapsed} ({result.Reason}) with seed {seed}, and the optimum {optimum:R}.");
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_feature_of_the_classic_loss_vanishes_where_the_ridge_is_above_its_singular_value(int feature)
    {
        Skip.If(SharedData.MovieLens is null, SharedData.Absent);
        var ratings = MovieLensFolder.Load(SharedData.MovieLens!).Matrix;
        var (values, _) = LanczosBidiagonalization.LargestSingularValues(new FilledRatings(ratings), Rank, CancellationToken.None);
        var reg = 1.01 * values[feature - 1];

        var result = new Losses.ClassicTrainer<double>(ratings, reg, Rank).Fit();

        // U·Mᵀ has the singular values of the product of what is triangular in each.
        var found = (Dense(result.Model.U).QR().R * Dense(result.Model.M).QR().R.Transpose()).Svd(computeVectors: false).S;
        var left = found[feature - 1] / values[0];
        Print($"λ = 1.01 s_{feature}: singular value {feature} of the product is {left:0.0e-00} s_1 after {result.Iterations} iterations");
        Assert.True(found[feature - 1] < 1e-8 * values[0], $"It is {found[feature - 1]} after {result.Iterations} iterations ({result.Reason}), and s_1 {values[0]}.");
        Assert.All(Enumerable.Range(0, feature - 1), i => Assert.Equal(Math.Max(0, values[i] - reg), found[i], 1e-3 * values[0]));
    }

#if !DEBUG // These take minutes where what was generated is not optimized.
    [SkippableFact]
    public void The_biased_loss_predicts_a_fifth_of_the_ratings_well_on_the_mean_of_five_splits()
    {
        const double largestError = 0.851;
        Skip.If(SharedData.MovieLens is null, SharedData.Absent);
        var ratings = MovieLensFolder.Load(SharedData.MovieLens!).Matrix;
        var silent = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });

        var errors = Enumerable.Range(0, 5)
            .Select(seed => BiasedStep.Run(ratings, new(null, null, null, null, seed, Environment.ProcessorCount, null), silent, CancellationToken.None).Figures.TestRmse)
            .ToList();

        var each = string.Join(", ", errors.Select(e => e.ToString("F4", CultureInfo.InvariantCulture)));
        Print($"test RMSE {errors.Average():F4} on the mean of {each}");
        Assert.True(errors.Average() <= largestError, $"The mean of {string.Join(", ", errors)} is {errors.Average():F4}.");
    }

    /// <summary>Triples drawn at random, two of each rating: what the README shows.</summary>
    [SkippableFact]
    public void Bayesian_personalised_ranking_ranks_better_than_popularity()
    {
        const double gain = 1.3;
        Skip.If(SharedData.MovieLens is null, SharedData.Absent);
        var ratings = MovieLensFolder.Load(SharedData.MovieLens!);
        var split = RatingSplit.LeaveLastOut(ratings.Matrix, ratings.Times, 5);
        var (seen, relevant) = (split.Train.Pattern, split.Test.Pattern);
        var triples = new PreferenceTriples(seen, seed: 1, perRating: 2);

        var result = new RankingLosses.BprTrainer<float>(triples.Users, triples.Rated, triples.Unrated, reg: 0.01, seen.Rows, seen.Columns, rank: 20).Fit();

        var (model, popularity) = (new FactorProduct<float>(result.Model.U, result.Model.V, result.Model.d), new Popularity(seen));
        Assert.Equal(StoppingReason.SmallDecrease, result.Reason);
        Assert.InRange(result.Iterations, 10, 150);
        RequireGain("Recall@20", m => Recall.Of(m, relevant, seen, 20));
        RequireGain("NDCG@10", m => NormalizedDiscountedCumulativeGain.Of(m, relevant, seen, 10));

        void RequireGain(string name, Func<IRatingModel, double> metric)
        {
            var (found, baseline) = (metric(model), metric(popularity));
            Print($"{name} {found:F4}, by popularity {baseline:F4}: {found / baseline:F2} times after {result.Iterations} epochs");
            Assert.True(found >= gain * baseline, $"{name} is {found}, and by popularity {baseline}.");
        }
    }
#endif

    private void Print(FormattableString figures) => output.WriteLine(FormattableString.Invariant(figures));

    private static DenseMatrix Dense(Matrix<double> factor) => DenseMatrix.Create(factor.Rows, factor.Columns, (i, j) => factor[i, j]);
}
