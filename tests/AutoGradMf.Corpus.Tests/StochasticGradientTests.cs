using System.Numerics;
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
    private const int WarmUps = 8;
    private const int RoundsBesideTestHost = 200;

    public static TheoryData<string> Losses => [.. GeneratedLoss.All.Where(loss => new StochasticGradient<double>().FindRefusal(Small<double>().Objective(loss)) is null)];

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
        RequireSameBits<double>(loss, new() { Momentum = 0.5 });
        RequireSameBits<float>(loss, new());
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_warm_epoch_allocates_nothing(string loss)
    {
        var objective = new SyntheticPoint<float>(150, 120, 9, 9000).Objective(loss);
        using var workers = new Workers(3);
        var run = new StochasticGradient<float> { LearningRate = 1e-4 }.Begin(objective, SyntheticPoint<float>.Start(objective), workers);
        var monitor = new StoppingMonitor(new(), null, CancellationToken.None);
        for (var warm = 0; warm < WarmUps; warm++)
        {
            run.Iterate(monitor);
        }

        // Threads of the test host may allocate meanwhile, but not in every round, as an epoch that allocates would.
        var allocated = long.MaxValue;
        for (var round = 0; allocated > 0 && round < RoundsBesideTestHost; round++)
        {
            var total = GC.GetTotalAllocatedBytes(precise: true);
            run.Iterate(monitor);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - total;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void An_epoch_that_diverges_is_repeated_with_half_the_step_and_says_so()
    {
        var objective = Small<double>().Objective("SquaredError.Masked");
        var record = new List<TrainingProgress>();
        var result = new StochasticGradient<double> { LearningRate = 1000, IsAdaptive = false }.Minimize(
            objective, SyntheticPoint<double>.Start(objective), new() { MaxIterations = 5 }, progress: new Recorder(record));
        Assert.Equal(5, result.Iterations);
        Assert.InRange(record[0].Repetitions, 5, 30);
        Assert.Equal(1000 * Math.Pow(0.5, record.Sum(p => p.Repetitions)), record[^1].Step, 1e-12);
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

    private static void RequireFall<TElement>(string loss, StochasticGradient<TElement> optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Small<TElement>().Objective(loss);
        var record = new List<TrainingProgress>();
        var start = SyntheticPoint<TElement>.Start(objective);
        var last = objective.Value(start, objective.CreateWorkspace());
        var result = optimizer.Minimize(objective, start, new() { MaxIterations = Epochs }, progress: new Recorder(record));
        Assert.True(result.Objective < last, $"It is {result.Objective} after {last}.");
        Assert.Equal(Epochs, record.Count);
        foreach (var progress in record)
        {
            Assert.True(progress.Objective < last, $"It rose from {last:R} to {progress.Objective:R}.");
            last = progress.Objective;
        }
    }

    private static void RequireSameBits<TElement>(string loss, StochasticGradient<TElement> optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = new SyntheticPoint<TElement>(1100, 1000, 8, 20_000).Objective(loss);
        TElement[] Reached(int threads)
        {
            using var workers = new Workers(threads);
            return optimizer.Minimize(objective, SyntheticPoint<TElement>.Start(objective), new() { MaxIterations = 2 }, workers).Parameters.Values.ToArray();
        }

        var expected = Reached(1);
        Assert.All(expected, number => Assert.True(TElement.IsFinite(number)));
        Assert.Equal(expected, Reached(2));
        Assert.Equal(expected, Reached(3));
    }

    private sealed class Recorder(List<TrainingProgress> record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => record.Add(value);
    }
}
