using System.Diagnostics;
using System.Diagnostics.Metrics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>What a trace, a meter and a logger are told of training.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void A_trace_has_an_activity_for_a_run()
    {
        var activities = new List<Activity>();
        using var listener = Listen(activities);
        using var parent = new Activity("test").Start();

        Fit(iterations: 5);

        var activity = Assert.Single(activities, a => a.ParentId == parent.Id);
        Assert.Equal("Fit FunctionObjective", activity.OperationName);
        Assert.Equal("L-BFGS", activity.GetTagItem("optimizer"));
        Assert.Equal(5, activity.GetTagItem("iterations"));
        Assert.Equal("IterationLimit", activity.GetTagItem("reason"));
    }

    [Fact]
    public void A_meter_counts_iterations_and_has_the_last_objective()
    {
        var thread = Environment.CurrentManagedThreadId;
        var (iterations, last) = (0L, double.NaN);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "AutoGradMf")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            iterations += instrument.Name == "autogradmf.iterations" && Environment.CurrentManagedThreadId == thread ? value : 0);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
            last = instrument.Name == "autogradmf.objective" && Environment.CurrentManagedThreadId == thread ? value : last);
        listener.Start();

        var result = Fit(iterations: 6);

        Assert.Equal(6, iterations);
        Assert.Equal(result.Objective, last);
    }

    /// <summary>The start waits for longer than some iterations of four numbers take.</summary>
    [Fact]
    public void The_time_that_the_start_took_is_none_of_the_first_iteration()
    {
        var thread = Environment.CurrentManagedThreadId;
        var durations = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "autogradmf.iteration.duration")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                durations.Add(value);
            }
        });
        listener.Start();

        new FactorTrainer(Problems.Rosenbrock(4)).Fit(new() { Initialization = new SlowStart(), Stopping = new() { MaxIterations = 3 } });

        Assert.Equal(3, durations.Count);
        Assert.InRange(durations[0], 0, SlowStart.Seconds / 2);
    }

    [Fact]
    public void A_logger_is_told_of_the_start_each_iteration_and_the_end()
    {
        var log = new LogLines();

        Fit(iterations: 2, log);

        Assert.Equal([LogLevel.Information, LogLevel.Debug, LogLevel.Debug, LogLevel.Information], log.Told.Select(line => line.Level));
        Assert.Equal("Training of FunctionObjective by L-BFGS begins", log.Told[0].Text);
        Assert.StartsWith("Training of FunctionObjective ended (IterationLimit) after 2 iterations at ", log.Told[^1].Text);
    }

    [Fact]
    public void A_logger_is_told_of_failure()
    {
        var log = new LogLines();
        var objective = new FunctionObjective<double>(Problems.Vector(1), (_, _) => double.NaN);

        Assert.Throws<NonFiniteObjectiveException<double>>(() => new FactorTrainer(objective).Fit(new() { Logger = log }));

        Assert.Equal((LogLevel.Error, "Training of FunctionObjective failed"), log.Told[^1]);
    }

    /// <summary>Also where a checkpoint cannot be written, which is found out before anything else.</summary>
    [Fact]
    public void A_trace_and_a_logger_are_told_of_a_checkpoint_that_cannot_be_written()
    {
        var (log, activities) = (new LogLines(), new List<Activity>());
        using var listener = Listen(activities);
        using var parent = new Activity("test").Start();
        var nowhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "run.checkpoint");

        var error = Assert.Throws<CheckpointException>(() => new FactorTrainer(Problems.Rosenbrock(4)).Fit(new() { Checkpoints = new(nowhere), Logger = log }));

        RequireTold(error, log, Assert.Single(activities, a => a.ParentId == parent.Id));
    }

    [Fact]
    public void A_trace_and_a_logger_are_told_of_an_optimizer_that_is_refused()
    {
        var (log, activities) = (new LogLines(), new List<Activity>());
        using var listener = Listen(activities);
        using var parent = new Activity("test").Start();

        var error = Assert.Throws<ArgumentException>(() => new FactorTrainer(Problems.Rosenbrock(4)).Fit(new() { Optimizer = new MultiplicativeUpdates<double>(), Logger = log }));

        RequireTold(error, log, Assert.Single(activities, a => a.ParentId == parent.Id));
    }

    /// <summary>In every culture.</summary>
    [Fact]
    public void Progress_as_text_has_the_metrics()
    {
        var measured = new TrainingProgress(3, 1.5, 0.25, 1, TimeSpan.FromSeconds(2)) { Validation = [0.9, 0.75] };

        Assert.Equal(
            "TrainingProgress { Iteration = 3, Objective = 1.5, GradientNorm = 0.25, Step = 1, Elapsed = 00:00:02, Validation = [0.9, 0.75], Repetitions = 0 }", measured.ToString());
        Assert.EndsWith("Validation = [], Repetitions = 2 }", new TrainingProgress { Repetitions = 2, Validation = [] }.ToString());
        Assert.EndsWith("Validation = [], Repetitions = 0 }", default(TrainingProgress).ToString());
    }

    /// <summary>An optimizer whose second iteration was repeated twice, as stochastic gradient repeats epochs that diverge.</summary>
    [Fact]
    public void A_logger_is_warned_of_divergence()
    {
        var log = new LogLines();

        new FactorTrainer(Problems.Quadratic<double>(3, condition: 2)).Fit(new()
        {
            Optimizer = new OwnOptimizer { RepetitionsInSecond = 2 }, Stopping = new() { MaxIterations = 3 }, Logger = log,
        });

        Assert.Equal(
            (LogLevel.Warning, "Iteration 2 diverged: it was undone and repeated with half the step 2 times, and the step is 0.25 now"),
            Assert.Single(log.Told, line => line.Level == LogLevel.Warning));
    }

    [Fact]
    public void The_library_knows_no_console() => Assert.DoesNotContain(
        typeof(TrainingProgress).Assembly.GetReferencedAssemblies(), assembly => assembly.Name is "System.Console" or "Microsoft.Extensions.Logging.Console");

    private static TrainingResult<FactorModel> Fit(int iterations, ILogger? logger = null) => new FactorTrainer(Problems.Rosenbrock(4)).Fit(
        new() { Stopping = new() { MaxIterations = iterations }, Logger = logger });

    private static ActivityListener Listen(List<Activity> activities)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AutoGradMf",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void RequireTold(Exception error, LogLines log, Activity activity)
    {
        Assert.Equal((LogLevel.Error, "Training of FunctionObjective failed"), log.Told[^1]);
        Assert.Equal((ActivityStatusCode.Error, error.Message), (activity.Status, activity.StatusDescription));
    }

    private sealed class SlowStart : IInitialization<double>
    {
        public const double Seconds = 4;

        public Parameters<double> Start(IObjective<double> objective, int seed, Workers workers, CancellationToken cancellationToken)
        {
            Thread.Sleep(TimeSpan.FromSeconds(Seconds));
            return new(objective.Layout);
        }
    }
}
