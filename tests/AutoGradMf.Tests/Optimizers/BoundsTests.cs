using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Methods that keep bounds, on problems whose constrained minima are known.</summary>
public sealed class BoundsTests
{
    private static readonly StoppingCriteria Tight = new()
    {
        MaxIterations = 20_000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-10,
    };

    public static TheoryData<IOptimizer<double>> Keeping =>
        [new BoundedLimitedMemoryBfgs<double>(), new ProjectedGradient<double>(), new Adam<double>()];

    public static TheoryData<IOptimizer<double>> NotKeeping => [new GradientDescent<double>(), new LimitedMemoryBfgs<double>()];

    /// <summary>½ Σ c_p (x_p − p)² within [2, 5]: the minimum is p, clamped.</summary>
    [Theory]
    [MemberData(nameof(Keeping))]
    public void A_separable_quadratic_ends_at_its_clamped_minimum(IOptimizer<double> optimizer)
    {
        var objective = Bounded(Problems.Quadratic<double>(8, condition: 50), min: 2, max: 5);

        var result = optimizer.Minimize(objective, new(objective.Layout), Tight);

        Assert.All(result.Parameters.Values.ToArray(), (x, p) => Assert.Equal(Math.Clamp(p, 2.0, 5.0), x, 1e-6));
    }

    /// <summary>Elements that are coupled, some of them held: the conditions of Karush, Kuhn and Tucker.</summary>
    [Theory]
    [MemberData(nameof(Keeping))]
    public void A_coupled_problem_ends_where_no_feasible_direction_leads_down(IOptimizer<double> optimizer)
    {
        var objective = Bounded(Problems.Rosenbrock(12), min: -0.5, max: 0.8);
        var start = Problems.At<double>(objective.Layout, p => p % 2 == 0 ? -0.4 : 0.3);

        var result = optimizer.Minimize(objective, start, Tight with { GradientTolerance = 1e-6 });

        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(result.Parameters, gradient, objective.CreateWorkspace());
        var held = 0;
        for (var p = 0; p < 12; p++)
        {
            var (x, slope) = (result.Parameters.Values[p], gradient.Values[p]);
            held += x is -0.5 or 0.8 ? 1 : 0;
            Claim.True((x == -0.5 && slope >= 0) || (x == 0.8 && slope <= 0) || Math.Abs(slope) < 1e-2, $"{optimizer.Name}: x[{p}] = {x:R}, slope {slope:R}.");
        }

        Assert.True(held > 0);
    }

    [Theory]
    [MemberData(nameof(Keeping))]
    public void Every_evaluation_is_within_the_bounds_and_no_iteration_rises(IOptimizer<double> optimizer)
    {
        var inner = Problems.Rosenbrock(6);
        var layout = new ParameterLayout(new FactorShape("x", FactorKind.ColumnVector, 6, 1) { Min = 0, Max = 0.9 });
        var objective = new FunctionObjective<double>(layout, (at, gradient) =>
        {
            Assert.All(at.Values.ToArray(), x => Assert.InRange(x, 0, 0.9));
            return inner.ValueAndGradient(at, gradient, inner.CreateWorkspace());
        });
        var last = double.PositiveInfinity;

        optimizer.Minimize(objective, Problems.At<double>(layout, p => p - 3), new() { MaxIterations = 200 }, progress: new ProgressRecord(p =>
        {
            Assert.True(p.Objective <= last * (1 + 2e-14));
            last = p.Objective;
        }));

        Assert.True(last < double.PositiveInfinity);
    }

    /// <summary>Far fewer iterations than steepest descent, for it knows the curvature of the free elements.</summary>
    [Fact]
    public void LBFGSB_converges_fast_on_an_ill_conditioned_problem()
    {
        var objective = Bounded(Problems.Rosenbrock(30), min: -2, max: 0.9);
        var result = new BoundedLimitedMemoryBfgs<double>().Minimize(objective, Problems.At<double>(objective.Layout, _ => -1), Tight);

        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
        Assert.InRange(result.Iterations, 1, 400);
    }

    [Theory]
    [MemberData(nameof(NotKeeping))]
    public void Methods_that_keep_no_bounds_refuse_them(IOptimizer<double> optimizer)
    {
        var objective = Bounded(Problems.Quadratic<double>(3, condition: 2), min: 0, max: 1);

        var refusal = Assert.Throws<ArgumentException>(() => optimizer.Minimize(objective, new(objective.Layout)));

        Assert.StartsWith($"{optimizer.Name} keeps no bounds, and x has some; take BoundedLimitedMemoryBfgs", refusal.Message);
    }

    private static FunctionObjective<double> Bounded(FunctionObjective<double> objective, double min, double max)
    {
        var layout = new ParameterLayout([.. objective.Layout.Factors.Select(f => f with { Min = min, Max = max })]);
        return new(layout, (at, gradient) => objective.ValueAndGradient(at, gradient, objective.CreateWorkspace(Workers.Shared)));
    }
}
