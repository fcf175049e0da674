using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Matrix<double> Ratings = Problems.Ratings(12, 9, rank: 3, seed: 5);

    [Fact]
    public void Equal_seeds_give_equal_models_and_other_seeds_others()
    {
        var first = Trainer().Fit(new() { Seed = 1, Threads = 1 });
        var again = Trainer().Fit(new() { Seed = 1, Threads = 3 });
        var other = Trainer().Fit(new() { Seed = 2 });

        Assert.Equal(first.Model.Parameters.Values.ToArray(), again.Model.Parameters.Values.ToArray());
        Assert.NotEqual(first.Model.Parameters.Values.ToArray(), other.Model.Parameters.Values.ToArray());
    }

    [Fact]
    public void The_default_is_a_normal_start_of_the_given_deviation_and_LBFGS()
    {
        var trainer = Trainer();
        var start = Parameters<double>.Normal(trainer.Objective.Layout, 0.25, 3);

        var result = trainer.Fit(new() { Seed = 3, Initialization = new NormalInitialization<double>(0.25) });
        var byHand = new LimitedMemoryBfgs<double>().Minimize(
            trainer.Objective, start, new(), AutoGradMf.Kernels.Workers.Shared, null, default);

        Assert.Equal(byHand.Parameters.Values.ToArray(), result.Model.Parameters.Values.ToArray());
        Assert.Equal(byHand.Objective, result.Objective);
        Assert.Equal(byHand.GradientNorm, result.GradientNorm);
        Assert.Equal((byHand.Iterations, byHand.Evaluations, byHand.Reason), (result.Iterations, result.Evaluations, result.Reason));
    }

    [Fact]
    public void Training_goes_on_from_a_given_start_with_the_given_optimizer()
    {
        var trainer = Trainer();
        var first = trainer.Fit(new() { Stopping = new() { MaxIterations = 5 } });
        var before = first.Model.Parameters.Values.ToArray();

        var second = trainer.Fit(new() { Initialization = new WarmStart<double>(first.Model), Optimizer = new GradientDescent<double>(), Stopping = new() { MaxIterations = 5 } });

        Assert.True(second.Objective < first.Objective);
        Assert.Equal(before, first.Model.Parameters.Values.ToArray());
    }

    [Fact]
    public void Progress_and_cancellation_reach_the_optimizer()
    {
        using var source = new CancellationTokenSource();
        var reports = 0;

        var result = Trainer().Fit(
            progress: new ProgressRecord(_ =>
            {
                reports++;
                source.Cancel();
            }),
            cancellationToken: source.Token);

        Assert.Equal((StoppingReason.Cancelled, 1, 1), (result.Reason, result.Iterations, reports));
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Threads", () => new TrainingOptions<double> { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(
            "standardDeviation", () => new NormalInitialization<double>(-1));
        Assert.Throws<ArgumentNullException>("Stopping", () => new TrainingOptions<double> { Stopping = null! });
        Assert.Throws<ArgumentNullException>(() => new FactorTrainer(null!));
    }

    private static FactorTrainer Trainer() => new(Problems.Classic<double>(Ratings, latent: 2, ridge: 1));
}
