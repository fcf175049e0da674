using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

public sealed class LimitedMemoryBfgsTests
{
    private static readonly StoppingCriteria Tight = new()
    {
        MaxIterations = 5000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-10,
    };

    [Theory]
    [InlineData(2, 60)]
    [InlineData(20, 150)]
    public void Finds_the_end_of_Rosenbrocks_valley(int length, int mostIterations)
    {
        var result = new LimitedMemoryBfgs<double>().Minimize(
            Problems.Rosenbrock(length), Problems.RosenbrockStart(length), Tight, Workers.Shared, null, default);

        Assert.All(result.Parameters.Values.ToArray(), x => Assert.Equal(1, x, 1e-8));
        Assert.InRange(result.Iterations, 1, mostIterations);
        Claim.True(result.Evaluations < 2 * result.Iterations, $"{result.Evaluations} evaluations in {result.Iterations} iterations");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void Reaches_the_exact_optimum_of_the_filled_classic_loss(double ridge)
    {
        var ratings = Problems.Ratings(30, 40, rank: 7, seed: 3);
        var objective = Problems.Classic<double>(ratings, latent: 5, ridge);
        var optimum = Problems.ClassicOptimum(ratings, latent: 5, ridge);

        var result = new LimitedMemoryBfgs<double>().Minimize(
            objective, Parameters<double>.Normal(objective.Layout, 0.1, seed: 42), Tight, Workers.Shared, null, default);

        Assert.InRange((result.Objective - optimum) / optimum, -1e-13, 1e-10);
    }

    [Fact]
    public void Errors_of_values_larger_than_single_decreases_do_not_end_a_run_early()
    {
        // 1 + a quadratic whose least value is 0, with errors of 10⁻¹¹ that jump from point to point, as those of sums that cancel.
        var exact = Problems.Quadratic<double>(200, condition: 1e5);
        var rounded = new FunctionObjective<double>(exact.Layout, (at, gradient) =>
            1 + exact.ValueAndGradient(at, gradient, null!) + (1e-11 * Math.Sin(1e9 * at.Values[1])));

        var result = new LimitedMemoryBfgs<double>().Minimize(
            rounded, new(exact.Layout), Tight with { GradientTolerance = 0, Window = 100 }, Workers.Shared, null, default);

        Assert.InRange(exact.Reference(result.Parameters), 0, 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e4)]
    public void Units_of_factors_hardly_matter(double unit)
    {
        // The same quadratic in x and in y / unit, coupled; its condition is about that of the unit's square.
        var layout = new ParameterLayout(new FactorShape("x", FactorKind.Matrix, 30, 1), new FactorShape("y", FactorKind.Matrix, 30, 1));
        var coupled = new FunctionObjective<double>(layout, (at, gradient) =>
        {
            var value = 0.0;
            for (var p = 0; p < 30; p++)
            {
                var curvature = 1 + p;
                var (x, y) = (at[0].Span[p] - p, (at[1].Span[p] / unit) - 1);
                value += 0.5 * curvature * ((x * x) + (y * y) + (x * y));
                gradient[0].Span[p] = curvature * (x + (0.5 * y));
                gradient[1].Span[p] = curvature * (y + (0.5 * x)) / unit;
            }

            return value;
        });
        IOptimizer<double>[] methods = [new LimitedMemoryBfgs<double>(), new BoundedLimitedMemoryBfgs<double>()];

        Assert.All(methods, method =>
        {
            var result = method.Minimize(coupled, new(layout), Tight with { GradientTolerance = 0, MaxIterations = 90 }, Workers.Shared, null, default);
            Assert.InRange(result.Objective, 0, 1e-12);
        });
    }

    [Fact]
    public void The_default_tolerances_suffice_for_a_gap_of_one_in_a_million()
    {
        var ratings = Problems.Ratings(30, 40, rank: 7, seed: 3);
        var objective = Problems.Classic<double>(ratings, latent: 5, ridge: 0.1);
        var optimum = Problems.ClassicOptimum(ratings, latent: 5, ridge: 0.1);

        var result = new LimitedMemoryBfgs<double>().Minimize(
            objective, Parameters<double>.Normal(objective.Layout, 0.1, seed: 42), new(), Workers.Shared, null, default);

        Assert.InRange((result.Objective - optimum) / optimum, -1e-13, 1e-6);
        Assert.Equal(StoppingReason.SmallDecrease, result.Reason);
    }

    [Fact]
    public void Float_factors_reach_the_optimum_within_their_precision()
    {
        var ratings = Problems.Ratings(30, 40, rank: 7, seed: 3);
        var objective = Problems.Classic<float>(ratings, latent: 5, ridge: 1);
        var optimum = Problems.ClassicOptimum(ratings, latent: 5, ridge: 1);

        var result = new LimitedMemoryBfgs<float>().Minimize(
            objective, Parameters<float>.Normal(objective.Layout, 0.1, seed: 42), Tight, Workers.Shared, null, default);

        Assert.InRange((result.Objective - optimum) / optimum, -1e-6, 1e-6);
        Assert.Equal(StoppingReason.NoFurtherProgress, result.Reason);
    }

    [Fact]
    public void Every_step_meets_the_strong_Wolfe_conditions()
    {
        var inner = Problems.Rosenbrock(20);
        var evaluated = new List<(double Value, double[] At, double[] Gradient)>();
        var objective = new FunctionObjective<double>(inner.Layout, (at, gradient) =>
        {
            var value = inner.ValueAndGradient(at, gradient, null!);
            evaluated.Add((value, at.Values.ToArray(), gradient.Values.ToArray()));
            return value;
        });
        var accepted = new List<(double Value, double[] At, double[] Gradient)>();

        new LimitedMemoryBfgs<double>().Minimize(
            objective,
            Problems.RosenbrockStart(20),
            Tight,
            Workers.Shared,
            new ProgressRecord(_ => accepted.Add(evaluated[^1])),
            default);

        Assert.True(accepted.Count > 20);
        accepted.Insert(0, evaluated[0]);
        Assert.All(accepted.Zip(accepted.Skip(1)), pair =>
        {
            var (before, after) = pair;
            var step = after.At.Zip(before.At, (x, y) => x - y).ToArray();
            var slopeBefore = Dot(before.Gradient, step);
            var slopeAfter = Dot(after.Gradient, step);
            Assert.True(slopeBefore < 0);
            Assert.True(after.Value <= before.Value + (1e-4 * slopeBefore));
            Assert.True(Math.Abs(slopeAfter) <= 0.9 * Math.Abs(slopeBefore) * (1 + 1e-6));
        });
    }

    [Fact]
    public void A_kink_does_not_end_the_run()
    {
        // |x| + (y − 2)² has no point with a small slope along most lines across x = 0.
        var objective = new FunctionObjective<double>(Problems.Vector(2), (at, gradient) =>
        {
            var (x, y) = (at.Values[0], at.Values[1]);
            gradient.Values[0] = Math.Sign(x);
            gradient.Values[1] = 2 * (y - 2);
            return Math.Abs(x) + ((y - 2) * (y - 2));
        });

        var result = new LimitedMemoryBfgs<double>().Minimize(
            objective, Problems.At<double>(objective.Layout, p => p + 1.3), Tight, Workers.Shared, null, default);

        Assert.InRange(result.Objective, 0, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Any_length_of_history_reaches_the_minimum(int history)
    {
        var result = new LimitedMemoryBfgs<double>(history).Minimize(
            Problems.Quadratic<double>(30, condition: 1000), new(Problems.Vector(30)), Tight, Workers.Shared, null, default);

        Assert.All(result.Parameters.Values.ToArray(), (x, p) => Assert.Equal(p, x, 1e-6));
    }

    [Fact]
    public void A_history_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LimitedMemoryBfgs<double>(0));

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
