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
        Assert.Equal("L-BFGS", result.Optimizer);
    }

    [Fact]
    public void Training_goes_on_from_a_given_start_with_the_given_optimizer()
    {
        var trainer = Trainer();
        var first = trainer.Fit(new() { Stopping = new() { MaxIterations = 5 } });
        var before = first.Model.Parameters.Values.ToArray();

        var second = trainer.Fit(new() { Initialization = new WarmStart<double>(first.Model), Optimizer = new GradientDescent<double>(), Stopping = new() { MaxIterations = 5 } });

        Assert.True(second.Objective < first.Objective);
        Assert.Equal("gradient descent", second.Optimizer);
        Assert.Equal(before, first.Model.Parameters.Values.ToArray());
    }

    /// <summary>Factors without bounds are those of another layout, and the nearest within the bounds are where training begins.</summary>
    [Fact]
    public void A_loss_with_bounds_goes_on_from_a_model_of_one_without()
    {
        var before = new Parameters<double>(Problems.Vector(3));
        new[] { -1, 0.5, 7 }.CopyTo(before.Values);
        var bounded = new FactorTrainer(new FunctionObjective<double>(new(new FactorShape("x", FactorKind.ColumnVector, 3, 1) { Min = 0, Max = 2 }), (_, gradient) =>
        {
            gradient.Values.Fill(1);
            return 0;
        }));

        var start = bounded.Fit(new() { Initialization = new WarmStart<double>(before), Stopping = new() { MaxIterations = 0 } });

        Assert.Equal([0, 0.5, 2], start.Model.Parameters.Values.ToArray());
        Assert.Same(bounded.Objective.Layout, start.Model.Parameters.Layout);
        Assert.Equal([-1, 0.5, 7], before.Values.ToArray());
    }

    /// <summary>Parameters of the same sizes without the bounds are others, and the message says in what.</summary>
    [Fact]
    public void Factors_that_differ_in_bounds_are_refused_with_both_bounds()
    {
        var objective = new FunctionObjective<double>(new(new FactorShape("x", FactorKind.ColumnVector, 3, 1) { Min = 0 }), (_, _) => 0);

        var error = Assert.Throws<ArgumentException>(() => new BoundedLimitedMemoryBfgs<double>().Minimize(objective, new Parameters<double>(Problems.Vector(3))));

        Assert.StartsWith("The objective's factors are x 3×1 from 0 to ∞, and the parameters hold x 3×1; make them with the objective's Layout.", error.Message);
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
        Assert.Throws<ArgumentOutOfRangeException>("low", () => new UniformInitialization<double>(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("high", () => new UniformInitialization<double>(2, 1));
        Assert.Throws<ArgumentNullException>("parameters", () => new WarmStart<double>((Parameters<double>)null!));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Exponential(2));
        Assert.Throws<ArgumentOutOfRangeException>("decay", () => LearningRateSchedule.Inverse(-1));
        Assert.Throws<ArgumentNullException>("At", () => new LearningRateSchedule(null!));
        Assert.Throws<ArgumentNullException>("Schedule", () => new StochasticGradient<double> { Schedule = null! });
        Assert.Throws<ArgumentNullException>("Stopping", () => new TrainingOptions<double> { Stopping = null! });
        Assert.Throws<ArgumentNullException>(() => new FactorTrainer(null!));
    }

    [Fact]
    public void A_trainer_serves_several_threads_at_once()
    {
        var trainer = Trainer();
        var alone = trainer.Fit(new() { Seed = 1 }).Model.Parameters.Values.ToArray();
        var together = new double[4][];

        Parallel.For(0, together.Length, t => together[t] = trainer.Fit(new() { Seed = 1 }).Model.Parameters.Values.ToArray());

        Assert.All(together, values => Assert.Equal(alone, values));
    }

    /// <summary>½‖u·vᵀ − 1‖²: from zeros, no gradient leads away.</summary>
    [Fact]
    public void Vectors_that_multiply_each_other_do_not_begin_at_zero()
    {
        var layout = new ParameterLayout(new("u", FactorKind.ColumnVector, 3, 1), new("v", FactorKind.ColumnVector, 2, 1), new("b", FactorKind.Scalar, 1, 1));
        var objective = new FunctionObjective<double>(layout, (at, gradient) =>
        {
            gradient.Values.Clear();
            var value = 0.0;
            for (var (i, j) = (0, 0); i < 3; (i, j) = j == 0 ? (i, 1) : (i + 1, 0))
            {
                var error = (at[0][i, 0] * at[1][j, 0]) + at[2][0, 0] - 1 - i;
                value += 0.5 * error * error;
                gradient[0][i, 0] += error * at[1][j, 0];
                gradient[1][j, 0] += error * at[0][i, 0];
                gradient[2][0, 0] += error;
            }

            return value;
        });

        var start = new NormalInitialization<double>().Start(objective, seed: 1, AutoGradMf.Kernels.Workers.Shared, default);
        var result = new FactorTrainer(objective).Fit();

        Assert.All(start.Values[..5].ToArray(), x => Assert.NotEqual(0, x));
        Assert.Equal(0, start.Values[5]);
        Assert.InRange(result.Objective, 0, 1e-8);
    }

    private static FactorTrainer Trainer() => new(Problems.Classic<double>(Ratings, latent: 2, ridge: 1));
}
