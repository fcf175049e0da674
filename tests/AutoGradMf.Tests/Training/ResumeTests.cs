using AutoGradMf.Initialization;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Data;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>A run that was saved and resumed goes on bit for bit as if it had not been.</summary>
public sealed class ResumeTests
{
    private static readonly StoppingCriteria Stopping = new() { RelativeObjectiveTolerance = 0, GradientTolerance = 0 };

    public static TheoryData<IOptimizer<double>> All => OptimizerTests.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_resumed_run_equals_one_that_was_not_interrupted(IOptimizer<double> optimizer)
    {
        using var folder = new TemporaryFolder();
        var whole = Fit(optimizer, iterations: 37, checkpoints: null);

        foreach (var iterations in new[] { 5, 12, 24, 37 })
        {
            var part = Fit(optimizer, iterations, Checkpoints(folder));
            Assert.Equal(iterations, part.Iterations);
        }

        var resumed = Fit(optimizer, 37, Checkpoints(folder));
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
        Assert.Equal((whole.Objective, whole.GradientNorm, whole.Evaluations, whole.Iterations), (resumed.Objective, resumed.GradientNorm, resumed.Evaluations, resumed.Iterations));
    }

    /// <summary>Patience is counted across the interruption, and the best model is that of before.</summary>
    [Fact]
    public void Validation_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var validation = new Validation<double>(new ValidationMetric<double>("distance from 3", m => Math.Abs(m.Parameters.Values[0] - 0.3))) { Patience = 4 };
        var whole = Fit(new GradientDescent<double>(), 200, null, validation);

        for (var iterations = 1; iterations < 200; iterations += 3)
        {
            Fit(new GradientDescent<double>(), iterations, Checkpoints(folder), validation);
        }

        var resumed = Fit(new GradientDescent<double>(), 200, Checkpoints(folder), validation);
        Assert.Equal(StoppingReason.Validation, whole.Reason);
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
    }

    public static TheoryData<IOptimizer<double>, string> Ends
    {
        get
        {
            var ends = new TheoryData<IOptimizer<double>, string>();
            foreach (var optimizer in All)
            {
                foreach (var reason in new[] { "SmallDecrease", "SmallGradient", "NoFurtherProgress", "Validation", "IterationLimit" })
                {
                    ends.Add(optimizer, reason);
                }
            }

            return ends;
        }
    }

    /// <summary>Whatever ended it, also that no step lowers the objective: not an iteration is added, however often it is resumed.</summary>
    [Theory]
    [MemberData(nameof(Ends))]
    public void A_resumed_run_that_had_ended_returns_the_same_at_once(IOptimizer<double> optimizer, string reason)
    {
        using var folder = new TemporaryFolder();
        var inner = Problems.Classic<double>(Problems.Ratings(6, 5, rank: 2, seed: 1), latent: 2, ridge: 1);
        var evaluations = 0;
        var objective = new FunctionObjective<double>(inner.Layout, (at, gradient) =>
        {
            evaluations++;
            return inner.ValueAndGradient(at, gradient, null!);
        });
        TrainingResult<FactorModel> Fit() => new FactorTrainer(objective).Fit(new()
        {
            Optimizer = optimizer,
            Initialization = new NormalInitialization<double>(),
            Checkpoints = Checkpoints(folder),
            Validation = reason == "Validation" ? new(new ValidationMetric<double>("distance from 0", m => Math.Abs(m.Parameters.Values[0]))) : null,
            Stopping = reason switch
            {
                "SmallDecrease" => new() { MaxIterations = 100_000, GradientTolerance = 0, RelativeObjectiveTolerance = 1e-4 },
                "SmallGradient" => Stopping with { MaxIterations = 100_000, GradientTolerance = 1e-3 },
                "IterationLimit" => Stopping with { MaxIterations = 9 },
                _ => Stopping with { MaxIterations = 100_000 },
            },
        });

        var ended = Fit();
        Assert.Equal(reason, ended.Reason.ToString());
        for (var again = 0; again < 2; again++)
        {
            evaluations = 0;
            var resumed = Fit();

            Assert.Equal(1, evaluations);
            Assert.Equal(ended.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
            Assert.Equal(
                (ended.Objective, ended.GradientNorm, ended.Iterations, ended.Evaluations, ended.Reason),
                (resumed.Objective, resumed.GradientNorm, resumed.Iterations, resumed.Evaluations, resumed.Reason));
        }
    }

    [Fact]
    public void Without_resume_training_begins_anew()
    {
        using var folder = new TemporaryFolder();
        Fit(new LimitedMemoryBfgs<double>(), 20, Checkpoints(folder));

        var anew = Fit(new LimitedMemoryBfgs<double>(), 3, Checkpoints(folder) with { Resume = false });

        Assert.Equal(3, anew.Iterations);
    }

    private static Checkpoints Checkpoints(TemporaryFolder folder) => new(Path.Combine(folder.FullPath, "run.checkpoint")) { Resume = true };

    private static TrainingResult<FactorModel> Fit(
        IOptimizer<double> optimizer, int iterations, Checkpoints? checkpoints, Validation<double>? validation = null) =>
        new FactorTrainer(Problems.Classic<double>(Problems.Ratings(12, 9, rank: 3, seed: 5), latent: 4, ridge: 0.01)).Fit(new()
        {
            Optimizer = optimizer,
            Seed = 3,
            Checkpoints = checkpoints,
            Validation = validation,
            Stopping = Stopping with { MaxIterations = iterations },
        });
}
