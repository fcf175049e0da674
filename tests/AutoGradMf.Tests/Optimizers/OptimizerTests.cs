using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>What every optimizer promises.</summary>
public sealed class OptimizerTests
{
    public static TheoryData<IOptimizer<double>> All =>
    [
        new GradientDescent<double>(), new LimitedMemoryBfgs<double>(), new BoundedLimitedMemoryBfgs<double>(), new ProjectedGradient<double>(), new Adam<double>(),
    ];

    private static readonly StoppingCriteria Tight = new()
    {
        MaxIterations = 100_000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-12,
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Finds_the_minimum_of_a_quadratic(IOptimizer<double> optimizer)
    {
        var objective = Problems.Quadratic<double>(30, condition: 100);

        var result = Minimize(optimizer, objective, Tight);

        // The least curvature is 1, so no error is larger than the gradient.
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
        Assert.InRange(result.GradientNorm, 0, 1e-8);
        Assert.All(result.Parameters.Values.ToArray(), (x, p) => Assert.Equal(p, x, result.GradientNorm));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Leaves_the_start_as_it_is(IOptimizer<double> optimizer)
    {
        var objective = Problems.Quadratic<double>(5, condition: 10);
        var start = Problems.At<double>(objective.Layout, p => -p);

        optimizer.Minimize(objective, start, new(), Workers.Shared, null, default);

        Assert.Equal([0, -1, -2, -3, -4], start.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Reports_each_iteration_before_the_next_on_the_calling_thread(IOptimizer<double> optimizer)
    {
        var reports = new List<(TrainingProgress Progress, int Thread)>();

        var result = Minimize(
            optimizer,
            Problems.Rosenbrock(2),
            new() { MaxIterations = 20 },
            new ProgressRecord(p => reports.Add((p, Environment.CurrentManagedThreadId))));

        Assert.Equal(StoppingReason.IterationLimit, result.Reason);
        Assert.Equal(Enumerable.Range(1, 20), reports.Select(r => r.Progress.Iteration));
        Assert.All(reports, r => Assert.Equal(Environment.CurrentManagedThreadId, r.Thread));
        Assert.All(reports.Zip(reports.Skip(1)), pair =>
        {
            Assert.True(pair.Second.Progress.Objective < pair.First.Progress.Objective);
            Assert.True(pair.Second.Progress.Elapsed >= pair.First.Progress.Elapsed);
            Assert.True(pair.Second.Progress.Step > 0);
        });
        Assert.Equal(result.Objective, reports[^1].Progress.Objective);
        Assert.Equal(result.GradientNorm, reports[^1].Progress.GradientNorm);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Cancelling_returns_the_best_parameters_so_far(IOptimizer<double> optimizer)
    {
        using var source = new CancellationTokenSource();
        var objective = Problems.Rosenbrock(4);
        var last = default(TrainingProgress);

        var result = Minimize(
            optimizer,
            objective,
            Tight,
            new ProgressRecord(p =>
            {
                last = p;
                if (p.Iteration == 7)
                {
                    source.Cancel();
                }
            }),
            source.Token);

        Assert.Equal(StoppingReason.Cancelled, result.Reason);
        Assert.Equal(7, result.Iterations);
        Assert.Equal(last.Objective, result.Objective);
        Assert.Equal(result.Objective, objective.Reference(result.Parameters));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Cancelling_within_an_iteration_is_noticed_at_the_next_evaluation(IOptimizer<double> optimizer)
    {
        using var source = new CancellationTokenSource();
        var inner = Problems.Rosenbrock(4);
        var evaluations = 0;
        var objective = new FunctionObjective<double>(inner.Layout, (at, gradient) =>
        {
            if (++evaluations == 3)
            {
                source.Cancel();
            }

            return inner.ValueAndGradient(at, gradient, null!);
        });

        var result = Minimize(optimizer, objective, Tight, null, source.Token);

        Assert.Equal(StoppingReason.Cancelled, result.Reason);
        Assert.Equal(3, evaluations);
        Assert.Equal(3, result.Evaluations);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Stops_when_the_time_is_over(IOptimizer<double> optimizer)
    {
        var inner = Problems.Rosenbrock(20);
        var objective = new FunctionObjective<double>(inner.Layout, (at, gradient) =>
        {
            Thread.Sleep(5);
            return inner.ValueAndGradient(at, gradient, null!);
        });

        var result = Minimize(optimizer, objective, Tight with { MaxTime = TimeSpan.FromMilliseconds(50) });

        Assert.Equal(StoppingReason.TimeLimit, result.Reason);
        Assert.InRange(result.Evaluations, 1, 11);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Evaluates_the_start_when_no_iteration_is_allowed(IOptimizer<double> optimizer)
    {
        var result = Minimize(optimizer, Problems.Quadratic<double>(3, 1), new() { MaxIterations = 0 });

        Assert.Equal(StoppingReason.IterationLimit, result.Reason);
        Assert.Equal(0.5 * (1 + 4), result.Objective);
        Assert.Equal(Math.Sqrt(1 + 4), result.GradientNorm);
        Assert.Equal((0, 1), (result.Iterations, result.Evaluations));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Stops_at_once_at_a_stationary_start(IOptimizer<double> optimizer)
    {
        var objective = Problems.Quadratic<double>(3, 1);

        var result = optimizer.Minimize(
            objective, Problems.At<double>(objective.Layout, p => p), Tight, Workers.Shared, null, default);

        Assert.Equal((StoppingReason.SmallGradient, 0), (result.Reason, result.Iterations));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Ends_when_the_objective_falls_no_further_though_every_tolerance_is_zero(IOptimizer<double> optimizer)
    {
        var ratings = Problems.Ratings(6, 5, rank: 2, seed: 1);
        var objective = Problems.Classic<double>(ratings, latent: 2, ridge: 1);

        var result = optimizer.Minimize(
            objective,
            Parameters<double>.Normal(objective.Layout, 0.1, seed: 0),
            new() { MaxIterations = 100_000, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
            Workers.Shared,
            null,
            default);

        Assert.Equal(StoppingReason.NoFurtherProgress, result.Reason);
        Assert.Equal(1, result.Objective / Problems.ClassicOptimum(ratings, 2, 1), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_gradient_that_points_uphill_ends_without_progress(IOptimizer<double> optimizer)
    {
        var objective = new FunctionObjective<double>(Problems.Vector(1), (at, gradient) =>
        {
            gradient.Values[0] = -2 * (at.Values[0] - 1);
            return (at.Values[0] - 1) * (at.Values[0] - 1);
        });

        var result = Minimize(optimizer, objective, Tight);

        Assert.Equal((StoppingReason.NoFurtherProgress, 0), (result.Reason, result.Iterations));
        Assert.Equal(0, result.Parameters.Values[0]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Steps_back_into_the_domain_of_the_objective(IOptimizer<double> optimizer)
    {
        // x − log x has its minimum at 1, and is NaN for negative x, where the first long steps lead.
        var objective = new FunctionObjective<double>(Problems.Vector(1), (at, gradient) =>
        {
            var x = at.Values[0];
            gradient.Values[0] = 1 - (1 / x);
            return x - Math.Log(x);
        });

        var result = optimizer.Minimize(
            objective, Problems.At<double>(objective.Layout, _ => 0.5), Tight, Workers.Shared, null, default);
        var fromAfar = optimizer.Minimize(
            objective, Problems.At<double>(objective.Layout, _ => 40), Tight, Workers.Shared, null, default);

        Assert.Equal(1, result.Parameters.Values[0], 1e-6);
        Assert.Equal(1, fromAfar.Parameters.Values[0], 1e-6);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_start_that_is_not_finite_is_refused_with_its_place(IOptimizer<double> optimizer)
    {
        var objective = Problems.Classic<double>(Problems.Ratings(4, 3, 1, 0), latent: 2, ridge: 1);
        var start = Parameters<double>.Normal(objective.Layout, 0.1, 0);
        start["M"][2, 1] = double.NaN;

        var exception = Assert.Throws<NonFiniteObjectiveException<double>>(() =>
            optimizer.Minimize(objective, start, new(), Workers.Shared, null, default));

        Assert.Equal("M", exception.Factor);
        Assert.Equal(0, exception.Iteration);
        Assert.Null(exception.LastFinite);
        Assert.StartsWith("The objective is NaN at the start: the parameter M[2, 1] is NaN. Likely cause:", exception.Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_objective_that_is_finite_nowhere_else_ends_with_the_last_finite_parameters(IOptimizer<double> optimizer)
    {
        // Falls to the right for three iterations, and then is infinite at every step.
        var accepted = 0;
        var objective = new FunctionObjective<double>(Problems.Vector(2), (at, gradient) =>
        {
            gradient.Values[0] = -1;
            gradient.Values[1] = 0;
            return accepted == 3 ? double.PositiveInfinity : -at.Values[0];
        });

        var exception = Assert.Throws<NonFiniteObjectiveException<double>>(() => Minimize(
            optimizer, objective, Tight, new ProgressRecord(p => accepted = p.Iteration)));

        Assert.Equal("x", exception.Factor);
        Assert.Equal(4, exception.Iteration);
        Assert.NotNull(exception.LastFinite);
        Assert.True(exception.LastFinite.Values[0] > 0);
        Assert.StartsWith(
            "The objective is Infinity in iteration 4: the largest parameter x[0, 0] is ", exception.Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_start_of_other_factors_is_refused_with_both_shapes(IOptimizer<double> optimizer)
    {
        var exception = Assert.Throws<ArgumentException>(() => optimizer.Minimize(
            Problems.Quadratic<double>(3, 1), new(Problems.Vector(4)), new(), Workers.Shared, null, default));

        Assert.Contains("factors are x 3×1, and the parameters hold x 4×1", exception.Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_result_does_not_depend_on_the_number_of_threads(IOptimizer<double> optimizer)
    {
        var objective = Problems.Quadratic<double>(20_000, condition: 1000);
        var results = new List<double[]>();
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var workers = new Workers(threads);
            results.Add(optimizer.Minimize(
                objective, new(objective.Layout), new() { MaxIterations = 15 }, workers, null, default).Parameters.Values.ToArray());
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_iteration_allocates_nothing(IOptimizer<double> optimizer)
    {
        using var workers = new Workers(1);

        // The first iterations may still compile and load code; and the runtime keeps what it loads in tables, which any thread may have to
        // extend in one run, but hardly in two.
        Assert.InRange(Enumerable.Range(0, 3).Count(_ => AllocatedFromIteration30() != 0), 0, 1);

        long AllocatedFromIteration30()
        {
            var allocated = new long[60];
            optimizer.Minimize(
                Problems.Rosenbrock(5000),
                Problems.RosenbrockStart(5000),
                new() { MaxIterations = 60, RelativeObjectiveTolerance = 0 },
                workers,
                new ProgressRecord(p => allocated[p.Iteration - 1] = GC.GetAllocatedBytesForCurrentThread()),
                default);
            return allocated[59] - allocated[29];
        }
    }

    private static OptimizationResult<double> Minimize(
        IOptimizer<double> optimizer,
        FunctionObjective<double> objective,
        StoppingCriteria stopping,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        optimizer.Minimize(objective, new(objective.Layout), stopping, Workers.Shared, progress, cancellationToken);
}
