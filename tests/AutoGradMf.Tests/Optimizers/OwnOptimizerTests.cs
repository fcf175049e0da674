using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Data;
using AutoGradMf.Tests.Training;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>A user's optimizer has what those of the library have: it trains, stops, reports, is cancelled, validated, saved and resumed.</summary>
public sealed class OwnOptimizerTests
{
    [Fact]
    public void It_trains_and_the_best_point_is_kept()
    {
        var least = double.PositiveInfinity;
        var rose = false;
        var result = Fit(iterations: 150, progress: new ProgressRecord(p =>
        {
            rose |= p.Objective > least;
            least = Math.Min(least, p.Objective);
        }));

        Assert.True(rose);
        Assert.Equal(least, result.Objective);
        Assert.All(result.Model.Parameters.Values.ToArray(), (x, p) => Assert.Equal(p, x, 1e-3));
    }

    [Fact]
    public void It_is_resumed_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpoints(Path.Combine(folder.FullPath, "own.checkpoint")) { Resume = true };
        var whole = Fit(30);
        Fit(7, checkpoints);

        var resumed = Fit(30, checkpoints);

        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
        Assert.Equal((whole.Objective, whole.Evaluations, whole.Iterations), (resumed.Objective, resumed.Evaluations, resumed.Iterations));
    }

    [Fact]
    public void It_is_cancelled_and_validated()
    {
        using var source = new CancellationTokenSource();
        var cancelled = Fit(150, progress: new ProgressRecord(p => Cancel(source, p)), cancellationToken: source.Token);
        Assert.Equal((StoppingReason.Cancelled, 5), (cancelled.Reason, cancelled.Iterations));

        var measured = 0;
        var validated = new FactorTrainer(Problems.Quadratic<double>(4, condition: 6)).Fit(new()
        {
            Optimizer = new OwnOptimizer(), Validation = new(new ValidationMetric<double>("count", _ => measured++)) { Patience = 3 },
        });
        Assert.Equal((StoppingReason.Validation, 3), (validated.Reason, validated.Iterations));
    }

    /// <summary>Patience is counted on, and the best model, which is not the last, is that of the whole run.</summary>
    [Fact]
    public void It_is_validated_and_resumed_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new Checkpoints(Path.Combine(folder.FullPath, "own.checkpoint")) { Resume = true };
        var validation = new Validation<double>(new ValidationMetric<double>("distance", m => Math.Abs(m.Parameters.Values[3] - 2))) { Patience = 5 };
        var whole = Fit(60, validation: validation);
        for (var iterations = 1; iterations < 60; iterations += 2)
        {
            Fit(iterations, checkpoints, validation);
        }

        var resumed = Fit(60, checkpoints, validation);

        Assert.Equal(StoppingReason.Validation, whole.Reason);
        Assert.InRange(whole.Iterations, 6, 59);
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
        Assert.Equal((whole.Objective, whole.Evaluations, whole.Iterations, whole.Reason), (resumed.Objective, resumed.Evaluations, resumed.Iterations, resumed.Reason));
    }

    [Fact]
    public void Out_of_time_it_returns_the_best_so_far()
    {
        var inner = Problems.Quadratic<double>(4, condition: 6);
        var start = new NormalInitialization<double>();
        var least = inner.Value(start.Start(inner, seed: 0, Workers.Shared, default), inner.CreateWorkspace());
        var slow = new FunctionObjective<double>(inner.Layout, (at, gradient) =>
        {
            Thread.Sleep(2);
            return inner.ValueAndGradient(at, gradient, null!);
        });

        var result = new FactorTrainer(slow).Fit(
            new()
            {
                Optimizer = new OwnOptimizer(),
                Initialization = start,
                Stopping = new()
                {
                    MaxIterations = 100_000, MaxTime = TimeSpan.FromMilliseconds(40), RelativeObjectiveTolerance = 0, GradientTolerance = 0, Window = 100_000,
                },
            },
            new ProgressRecord(p => least = Math.Min(least, p.Objective)));

        Assert.Equal(StoppingReason.TimeLimit, result.Reason);
        Assert.Equal(least, result.Objective);
    }

    /// <summary>It looks at no value: the ball rolls on to where x³ − x is minus infinity, and further to NaN.</summary>
    [Fact]
    public void It_ends_in_an_error_where_the_objective_is_not_finite()
    {
        var endless = new FunctionObjective<double>(Problems.Vector(2), (at, gradient) =>
        {
            gradient.Values[0] = (3 * at.Values[0] * at.Values[0]) - 1;
            gradient.Values[1] = 0;
            return (at.Values[0] * at.Values[0] * at.Values[0]) - at.Values[0];
        });

        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() =>
            new OwnOptimizer().Minimize(endless, Problems.At<double>(endless.Layout, p => -2 * (1 - p))));

        Assert.Equal("x", error.Factor);
        Assert.InRange(error.Iteration, 3, 20);
        Assert.True(double.IsFinite(endless.Reference(error.LastFinite!)));
        Assert.Contains("in iteration", error.Message, StringComparison.Ordinal);
    }

    private static void Cancel(CancellationTokenSource source, TrainingProgress progress)
    {
        if (progress.Iteration == 5)
        {
            source.Cancel();
        }
    }

    private static TrainingResult<FactorModel> Fit(
        int iterations,
        Checkpoints? checkpoints = null,
        Validation<double>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        new FactorTrainer(Problems.Quadratic<double>(4, condition: 6)).Fit(
            new()
            {
                Optimizer = new OwnOptimizer(),
                Checkpoints = checkpoints,
                Validation = validation,
                Stopping = new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0, Window = 40 },
            },
            progress,
            cancellationToken);
}
