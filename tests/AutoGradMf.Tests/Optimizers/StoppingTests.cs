using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

public sealed class StoppingTests
{
    [Fact]
    public void What_is_expected_to_fall_yet_counts_as_the_decrease_does()
    {
        var monitor = new StoppingMonitor(new() { Window = 2, RelativeObjectiveTolerance = 1e-3, GradientTolerance = 0.5 }, null, CancellationToken.None);
        monitor.Started(100, 1);
        Assert.Null(monitor.Completed(100, 1, 1, expected: 0.2));
        Assert.Null(monitor.Completed(100, 0.1, 1, expected: 0.2));
        Assert.Equal(StoppingReason.NoFurtherProgress, monitor.Completed(100, 1, 1, expected: 0.05));
        Assert.Equal(StoppingReason.SmallGradient, monitor.Completed(100, 0.1, 1, expected: 0.05));
    }

    [Fact]
    public void One_short_step_among_long_ones_does_not_stop()
    {
        var monitor = new StoppingMonitor(new() { Window = 3, RelativeObjectiveTolerance = 1e-3 }, null, default);

        Assert.Null(monitor.Started(100, 1));
        Assert.Null(monitor.Completed(90, 1, 1));
        Assert.Null(monitor.Completed(90, 1, 1));
        Assert.Null(monitor.Completed(89.99, 1, 1));
        Assert.Null(monitor.Completed(89.5, 1, 1));
    }

    [Fact]
    public void A_small_decrease_over_the_whole_window_stops()
    {
        var monitor = new StoppingMonitor(new() { Window = 3, RelativeObjectiveTolerance = 1e-3 }, null, default);

        monitor.Started(100, 1);
        Assert.Null(monitor.Completed(99.97, 1, 1));
        Assert.Null(monitor.Completed(99.94, 1, 1));
        Assert.Equal(StoppingReason.SmallDecrease, monitor.Completed(99.92, 1, 1));
    }

    [Fact]
    public void A_window_without_any_decrease_is_no_further_progress_also_with_tolerance_zero()
    {
        var monitor = new StoppingMonitor(new() { Window = 2, RelativeObjectiveTolerance = 0 }, null, default);

        monitor.Started(100, 1);
        Assert.Null(monitor.Completed(99, 1, 1));
        Assert.Null(monitor.Completed(99, 1, 1));
        Assert.Equal(StoppingReason.NoFurtherProgress, monitor.Completed(99, 1, 1));
    }

    [Fact]
    public void A_decrease_within_the_uncertainty_stops_unless_no_small_one_does()
    {
        StoppingReason? Reached(double tolerance, double after)
        {
            var monitor = new StoppingMonitor(new() { Window = 2, RelativeObjectiveTolerance = tolerance }, null, default);
            monitor.Started(100, 1);
            Assert.Null(monitor.Completed(100, 1, 1, uncertainty: 2));
            return monitor.Completed(after, 1, 1, uncertainty: 2);
        }

        Assert.Equal(StoppingReason.SmallDecrease, Reached(1e-10, 98.5));
        Assert.Equal(StoppingReason.SmallDecrease, Reached(1e-10, 101));
        Assert.Null(Reached(1e-10, 97.5));
        Assert.Null(Reached(0, 98.5));
        Assert.Equal(StoppingReason.NoFurtherProgress, Reached(0, 101));
    }

    /// <summary>Memory for as many objectives and steps as there are, and not as there may be.</summary>
    [Fact]
    public void A_window_and_a_history_without_end_are_possible()
    {
        var stopping = new StoppingCriteria { Window = int.MaxValue, MaxIterations = 20, GradientTolerance = 0 };
        var objective = Problems.Quadratic<double>(30, condition: 1000);

        var result = new LimitedMemoryBfgs<double>(int.MaxValue).Minimize(objective, new(objective.Layout), stopping);

        Assert.Equal((20, StoppingReason.IterationLimit), (result.Iterations, result.Reason));
        Assert.Equal(
            result.Parameters.Values.ToArray(),
            new LimitedMemoryBfgs<double>(history: 20).Minimize(objective, new(objective.Layout), stopping).Parameters.Values.ToArray());
        Assert.Equal(20, new BoundedLimitedMemoryBfgs<double>(int.MaxValue).Minimize(objective, new(objective.Layout), stopping).Iterations);
    }

    [Fact]
    public void The_gradient_tolerance_refers_to_the_start()
    {
        var monitor = new StoppingMonitor(new() { GradientTolerance = 1e-2 }, null, default);

        monitor.Started(100, 50);
        Assert.Null(monitor.Completed(90, 0.51, 1));
        Assert.Equal(StoppingReason.SmallGradient, monitor.Completed(80, 0.5, 1));
    }

    [Fact]
    public void Impossible_criteria_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaxIterations", () => new StoppingCriteria { MaxIterations = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Window", () => new StoppingCriteria { Window = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("RelativeObjectiveTolerance", () => new StoppingCriteria { RelativeObjectiveTolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("GradientTolerance", () => new StoppingCriteria { GradientTolerance = -1e-3 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxTime", () => new StoppingCriteria { MaxTime = TimeSpan.FromSeconds(-1) });
    }
}
