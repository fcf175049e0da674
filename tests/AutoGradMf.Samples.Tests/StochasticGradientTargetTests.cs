using System.Numerics;
using AutoGradMf.Data;
using AutoGradMf.Evaluation;
using AutoGradMf.Models;
using AutoGradMf.Optimizers;
using AutoGradMf.Samples.MovieLens;
using AutoGradMf.Samples.MovieLens.Steps;
using AutoGradMf.Samples.MovieLens.Synthetic;
using AutoGradMf.Training;
using Xunit;
using Xunit.Abstractions;

namespace AutoGradMf.Samples.Tests;

/// <summary>Stochastic gradient on real and synthetic ratings: what it reaches, and that a run goes on where it was saved.</summary>
public sealed class StochasticGradientTargetTests(ITestOutputHelper output)
{
    /// <summary>Rank 20, ridge 12, 4 on biases, 20 epochs with rates of 0.1 by rows; ratings clipped to 0.5 … 5.</summary>
    [SkippableTheory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Twenty_epochs_of_the_masked_loss_reach_an_error_of_at_most_086(int seed, bool isLockFree)
    {
        Skip.If(SharedData.MovieLens is null, SharedData.Absent);
        var split = RatingSplit.Sample(MovieLensFolder.Load(SharedData.MovieLens!).Matrix, 0.2, seed);

        var result = new Losses.BiasedTrainer<double>(split.Train, reg: 12, biasReg: 4, rank: 20).Fit(new()
        {
            Optimizer = new StochasticGradient<double> { LearningRate = 0.1, Seed = seed, IsLockFree = isLockFree },
            Stopping = new() { MaxIterations = 20 },
            Seed = seed,
        });

        var error = RootMeanSquareError.Of(result.Model, split.Test, new RatingRange(0.5, 5));
        output.WriteLine(FormattableString.Invariant($"test RMSE {error:F4} after {result.Iterations} epochs"));
        Assert.InRange(error, 0, 0.86);
    }

    /// <summary>Threads that take each other's changes back now and then still come as far.</summary>
    [Fact]
    public void Lock_free_epochs_reach_what_repeatable_ones_do()
    {
        var ratings = RatingBlock.Cut(SyntheticRatings.Create(seed: 1).Matrix, users: 200, movies: 300, seed: 1);
        var trainer = new Losses.BiasedTrainer<double>(ratings, reg: 3, biasReg: 1, rank: 4);
        double Reached(bool isLockFree) => trainer.Fit(new()
        {
            Optimizer = new StochasticGradient<double> { IsLockFree = isLockFree },
            Stopping = new() { MaxIterations = 15 },
            Threads = 3,
        }).Objective;

        var repeatable = Reached(isLockFree: false);
        Assert.InRange(Reached(isLockFree: true), 0.9 * repeatable, 1.1 * repeatable);
    }

    [Fact]
    public void A_resumed_run_of_ratings_equals_one_that_was_not_interrupted() =>
        RequireSameAfterResuming<double, Losses.BiasedModel<double>>(new Losses.BiasedTrainer<double>(Ratings(), reg: 3, biasReg: 1, rank: 4));

    /// <summary>Also in the movies that are drawn for the epochs after it.</summary>
    [Fact]
    public void A_resumed_run_of_random_triples_equals_one_that_was_not_interrupted()
    {
        var ratings = Ratings();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1);
        RequireSameAfterResuming<float, RankingLosses.BprModel<float>>(new RankingLosses.BprTrainer<float>(
            triples.Users, triples.Rated, triples.Unrated, reg: 0.01, rowsOfU: ratings.Rows, rowsOfV: ratings.Columns, rank: 4));
    }

    private static SparseMatrix<double> Ratings() => RatingBlock.Cut(SyntheticRatings.Create(seed: 1).Matrix, users: 60, movies: 300, seed: 1);

    /// <summary>From a rate that is too high, so that halving it is part of what is saved.</summary>
    private static void RequireSameAfterResuming<TElement, TModel>(Trainer<TElement, TModel> trainer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TModel : Model<TElement>
    {
        var folder = Directory.CreateTempSubdirectory("autogradmf-");
        try
        {
            var halved = 0;
            var whole = Fit(9, checkpoints: null, new Progress(p => halved += p.Repetitions));
            var checkpoints = new Checkpoints(Path.Combine(folder.FullName, "run.checkpoint")) { Resume = true };
            Assert.Equal(2, Fit(2, checkpoints).Iterations);
            Assert.Equal(5, Fit(5, checkpoints).Iterations);
            var resumed = Fit(9, checkpoints);

            Assert.True(halved > 0);
            Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
            Assert.Equal((whole.Objective, whole.GradientNorm, whole.Evaluations, whole.Iterations), (resumed.Objective, resumed.GradientNorm, resumed.Evaluations, resumed.Iterations));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        TrainingResult<TModel> Fit(int epochs, Checkpoints? checkpoints, IProgress<TrainingProgress>? progress = null) => trainer.Fit(
            new()
            {
                Optimizer = new StochasticGradient<TElement> { LearningRate = 50, Momentum = 0.3, Seed = 2 },
                Stopping = new() { MaxIterations = epochs, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
                Seed = 3,
                Checkpoints = checkpoints,
            },
            progress);
    }

    private sealed class Progress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
