using System.Numerics;
using AutoGradMf.Data;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Stochastic gradient on every loss that is a sum over samples.</summary>
[Collection(nameof(AllocationTests))]
public class StochasticGradientTests
{
    private const int Epochs = 12;

    public static IEnumerable<string> Accepted => GeneratedLoss.All.Where(loss => new StochasticGradient<double>().FindRefusal(Small<double>().Objective(loss)) is null);

    public static TheoryData<string> Losses => [.. Accepted];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_objective_never_rises_and_falls(string loss)
    {
        RequireFall<double>(loss, new());
        RequireFall<float>(loss, new() { IsAdaptive = false, LearningRate = 0.01 });
        RequireFall<double>(loss, new() { IsAdaptive = false, LearningRate = 0.01, Momentum = 0.5, Schedule = LearningRateSchedule.Inverse(0.1) });
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_number_of_threads_changes_no_bit(string loss)
    {
        OptimizerContract.RequireBitsOfOneThread(new StochasticGradient<double> { Momentum = 0.5 }, Large<double>().Objective(loss));
        OptimizerContract.RequireBitsOfOneThread(new StochasticGradient<float>(), Large<float>().Objective(loss));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_warm_epoch_allocates_nothing(string loss) =>
        OptimizerContract.RequireNoAllocation(new StochasticGradient<float> { LearningRate = 1e-4 }, new SyntheticPoint<float>(150, 120, 9, 9000).Objective(loss));

    [Fact]
    public void An_epoch_that_diverges_is_repeated_with_half_the_step_and_says_so()
    {
        var objective = Small<double>().Objective("SquaredError.Masked");
        var record = new List<TrainingProgress>();
        var result = new StochasticGradient<double> { LearningRate = 1000, IsAdaptive = false }.Minimize(
            objective, SyntheticPoint<double>.Start(objective), new() { MaxIterations = 5 }, progress: new ProgressWatch(record.Add));
        Assert.Equal(5, result.Iterations);
        Assert.InRange(record[0].Repetitions, 5, 30);
        Assert.Equal(1000 * Math.Pow(0.5, record.Sum(p => p.Repetitions)), record[^1].Step, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Features_after_the_first_begin_in_the_second_epoch(int epochs)
    {
        const int Rank = 12;
        var objective = new SyntheticPoint<double>(60, 50, Rank, 900).Objective("SquaredError.Masked");
        var start = SyntheticPoint<double>.Start(objective);
        var reached = new StochasticGradient<double>().Minimize(objective, start, new() { MaxIterations = epochs }).Parameters;
        foreach (var factor in objective.Layout.Factors)
        {
            var (before, after) = (start[factor.Name], reached[factor.Name]);
            for (var feature = 0; feature < Rank; feature++)
            {
                var moved = Enumerable.Range(0, factor.Rows).Count(row => after[row, feature] != before[row, feature]);
                Assert.Equal(epochs > 1 || feature < SampleFactors<double>.SlowFeatures ? factor.Rows : 0, moved);
            }
        }
    }

    /// <summary>As schedules that begin anew do at their ends.</summary>
    [Fact]
    public void Epochs_whose_share_of_the_rate_is_zero_rest_and_end_nothing()
    {
        var objective = Small<double>().Objective("SquaredError.Masked");
        var record = new List<TrainingProgress>();
        new StochasticGradient<double> { Momentum = 0.5, Schedule = new(epoch => epoch % 3 == 2 ? 0 : epoch % 3 == 1 ? 1e-30 : 1) }.Minimize(
            objective, SyntheticPoint<double>.Start(objective), new() { MaxIterations = 9 }, progress: new ProgressWatch(record.Add));
        Assert.Equal(9, record.Count);
        Assert.All(record, progress => Assert.Equal(0, progress.Repetitions));
        Assert.All(record.Index().Skip(1), p => Assert.Equal(p.Index % 3 == 0, p.Item.Objective < record[p.Index - 1].Objective));
    }

    /// <summary>In factors that all samples read, too, whose copies of blocks that ran at once are averaged.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Momentum_rests_with_the_rate(double momentum)
    {
        var objective = Large<double>().Objective("SquaredError.Biased");
        var record = new List<TrainingProgress>();
        new StochasticGradient<double> { Momentum = momentum, LearningRate = 0.01, Schedule = LearningRateSchedule.Table(1, 0, 1e-30, 1) }.Minimize(
            objective, SyntheticPoint<double>.Start(objective), new() { MaxIterations = 4 }, progress: new ProgressWatch(record.Add));
        Assert.Equal(4, record.Count);
        Assert.Equal((record[0].Objective, record[0].Objective), (record[1].Objective, record[2].Objective));
        Assert.True(record[3].Objective < record[2].Objective, $"It is {record[3].Objective} after {record[2].Objective}.");
        Assert.All(record[..3], progress => Assert.Equal(0, progress.Repetitions));
    }

    /// <summary>
    /// Velocities of the epochs before may point uphill, where halving the rate does not help. Epochs are repeated, as the halvings show,
    /// and are so few that none is for velocities:
    /// each would cost the rate of all epochs to come, and sixty of them the run.
    /// </summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Momentum_ends_no_run_and_costs_it_no_rate(double momentum)
    {
        const int MostHalvings = 15;
        var objective = new SquaredError.MaskedObjective<double>(SmallRatings.Create(), 2, 3);
        for (var seed = 0; seed < 8; seed++)
        {
            var halvings = 0;
            var optimizer = new StochasticGradient<double> { LearningRate = 0.1, IsAdaptive = false, Momentum = momentum, Seed = seed };
            var reached = optimizer.Minimize(
                objective,
                SyntheticPoint<double>.Start(objective),
                new() { MaxIterations = 600 },
                progress: new ProgressWatch(p => halvings += p.Repetitions));
            Assert.True(
                reached.Reason == StoppingReason.IterationLimit && halvings is > 0 and <= MostHalvings,
                $"Seed {seed} ends at {reached.Objective:R} after {reached.Iterations} epochs and {halvings} halvings ({reached.Reason}).");
        }
    }

    /// <summary>What other triples would change is neither a rise nor a decrease: training ends as soon as no more is left, with the best point.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Triples_that_are_drawn_anew_end_where_another_draw_changes_as_much(double momentum)
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 20);
        var trainer = new Penalized.BprTrainer<double>(triples.Users, triples.Rated, triples.Unrated, 0.1, ratings.Rows, ratings.Columns, 3);
        var record = new List<TrainingProgress>();

        var result = trainer.Fit(new() { Optimizer = new StochasticGradient<double> { Momentum = momentum } }, new ProgressWatch(record.Add));

        Assert.Equal(StoppingReason.SmallDecrease, result.Reason);
        Assert.InRange(result.Iterations, 10, 100);
        Assert.Equal(record.Min(p => p.Objective), result.Objective);
        Assert.InRange(record[^11].Objective - record[^1].Objective, double.NegativeInfinity, 3 * Math.Sqrt(2) * record[^1].Objective / Math.Sqrt(triples.Users.Length));
    }

    [Fact]
    public void It_is_the_default_where_triples_are_drawn_anew()
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1);
        var fixedUnrated = new IndexVector(triples.Unrated.Values.ToArray());

        Assert.Equal(Fit(triples.Unrated, new StochasticGradient<double>()), Fit(triples.Unrated, null));
        Assert.Equal(Fit(fixedUnrated, new LimitedMemoryBfgs<double>()), Fit(fixedUnrated, null));

        double[] Fit(IndexVector unrated, IOptimizer<double>? optimizer) =>
            new Penalized.BprTrainer<double>(triples.Users, triples.Rated, unrated, 0.1, ratings.Rows, ratings.Columns, 3)
                .Fit(new() { Optimizer = optimizer, Stopping = new() { MaxIterations = 3 } }).Model.Parameters.Values.ToArray();
    }

    /// <summary>Epoch after epoch as many objectives, each of one round's triples as if they had been given; rows that none reads have their ridge.</summary>
    [Fact]
    public void An_epoch_goes_through_the_triples_of_its_round()
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1);
        using var workers = new Workers(2);
        var random = Of(triples.Unrated);
        var (found, expected) = (new Parameters<double>(random.Layout), SyntheticPoint<double>.Start(random));
        var epochs = new SampleEpochs<double>(random, workers, seed: 3, remembersGradients: false);
        epochs.Factors.Load(expected);
        foreach (var epoch in (int[])[0, 1, 5, 5, 2, 40])
        {
            epochs.Run(epoch, new(0.05, 0, IsAdaptive: false));
            epochs.Factors.Store(found);

            var given = new SampleEpochs<double>(Of(new(triples.Unrated.Redrawn(epoch).Values.ToArray())), workers, seed: 3, remembersGradients: false);
            given.Factors.Load(expected);
            given.Run(epoch, new(0.05, 0, IsAdaptive: false));
            given.Factors.Store(expected);
            Assert.Equal(expected.Values.ToArray(), found.Values.ToArray());
        }

        Penalized.BprObjective<double> Of(IndexVector unrated) => new(triples.Users, triples.Rated, unrated, 0.1, ratings.Rows, ratings.Columns, 3);
    }

    /// <summary>Memory for what differs from round to round grows seldom, and after a while hardly ever.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Triples_that_are_drawn_anew_take_no_memory(double momentum)
    {
        const int warmUps = 40, epochs = 30;
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 5);
        var (before, allocating) = (0L, 0);
        new Penalized.BprTrainer<float>(triples.Users, triples.Rated, triples.Unrated, 0.1, ratings.Rows, ratings.Columns, 3).Fit(
            new()
            {
                Optimizer = new StochasticGradient<float> { Momentum = momentum, LearningRate = 0.01 },
                Threads = 1,
                Stopping = new() { MaxIterations = warmUps + epochs, RelativeObjectiveTolerance = 0, GradientTolerance = 0, Window = warmUps },
            },
            new ProgressWatch(progress =>
            {
                var now = GC.GetAllocatedBytesForCurrentThread();
                allocating += progress.Iteration > warmUps && now != before ? 1 : 0;
                before = GC.GetAllocatedBytesForCurrentThread();
            }));

        Assert.InRange(allocating, 0, 2);
    }

    [Fact]
    public void Equal_seeds_give_equal_results_and_others_others()
    {
        var objective = Small<double>().Objective("SquaredError.Biased");
        double[] Reached(int seed) => new StochasticGradient<double> { Seed = seed }
            .Minimize(objective, SyntheticPoint<double>.Start(objective), new() { MaxIterations = 3 }).Parameters.Values.ToArray();
        Assert.Equal(Reached(1), Reached(1));
        Assert.NotEqual(Reached(1), Reached(2));
    }

    [Fact]
    public void A_loss_that_is_no_sum_over_samples_is_refused_with_the_way_out()
    {
        var objective = Small<double>().Objective("SquaredError.Filled");
        var error = Assert.Throws<ArgumentException>(() => new StochasticGradient<double>().Minimize(objective, SyntheticPoint<double>.Start(objective)));
        Assert.Contains("stochastic gradient needs a sum over samples", error.Message, StringComparison.Ordinal);
        Assert.Contains("LimitedMemoryBfgs", error.Message, StringComparison.Ordinal);
    }

    private static SyntheticPoint<TElement> Small<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(60, 50, 5, 900);

    /// <summary>Of several blocks in each direction, and of features that begin in the second epoch.</summary>
    private static SyntheticPoint<TElement> Large<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(1100, 1000, 20, 20_000);

    private static void RequireFall<TElement>(string loss, StochasticGradient<TElement> optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Small<TElement>().Objective(loss);
        var record = new List<TrainingProgress>();
        var start = SyntheticPoint<TElement>.Start(objective);
        var last = objective.Value(start, objective.CreateWorkspace());
        var result = optimizer.Minimize(objective, start, new() { MaxIterations = Epochs }, progress: new ProgressWatch(record.Add));
        Assert.True(result.Objective < last, $"It is {result.Objective} after {last}.");
        Assert.Equal(Epochs, record.Count);
        foreach (var progress in record)
        {
            Assert.True(progress.Objective < last, $"It rose from {last:R} to {progress.Objective:R}.");
            last = progress.Objective;
        }
    }
}
