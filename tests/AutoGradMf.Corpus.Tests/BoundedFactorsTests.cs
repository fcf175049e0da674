using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Losses that declare bounds of their factors, as their generated trainers see them.</summary>
public class BoundedFactorsTests
{
    private const int Rank = 3;
    private const double NoSlope = 1e-3;
    private const double Rounding = 2e-14;

    [Fact]
    public void Bounds_are_in_the_layout()
    {
        var layout = new Bounded.BoxObjective<float>(SmallRatings.Create().Cast<float>(), 0.1, Rank).Layout;
        Assert.Equal([(-0.5, 1.0), (double.NegativeInfinity, 2.0)], layout.Factors.Select(f => (f.Min, f.Max)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_trainer_keeps_them_and_ends_where_no_feasible_direction_leads_down(int seed)
    {
        RequireMinimum(new Bounded.NonNegativeTrainer<double>(SmallRatings.Create(), 0.1, Rank), seed);
        RequireMinimum(new Bounded.BoxTrainer<double>(SmallRatings.Create(), 0.1, Rank), seed);
        RequireMinimum(new Bounded.KullbackLeiblerTrainer<double>(SmallRatings.Create(), Rank), seed);
    }

    /// <summary>Alternating least squares of factors that are not negative, and alternating Newton steps where the loss is not quadratic.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Alternating_Newton_steps_keep_them_and_end_there_too(int seed)
    {
        RequireMinimum(new Bounded.NonNegativeTrainer<double>(SmallRatings.Create(), 0.1, Rank), seed, new AlternatingNewton<double>(), tolerance: 1e-6);
        RequireMinimum(new Bounded.BoxTrainer<double>(SmallRatings.Create(), 0.1, Rank), seed, new AlternatingNewton<double>(), tolerance: 1e-6);
        RequireMinimum(new Bounded.KullbackLeiblerTrainer<double>(SmallRatings.Create(), Rank), seed, new AlternatingNewton<double>(), tolerance: 1e-6);
    }

    /// <summary>The conditions of Karush, Kuhn and Tucker, some elements at a bound and some between; nothing rises on the way, and no iterate of a chosen optimizer is out of bounds.</summary>
    private static void RequireMinimum<TModel>(Trainer<double, TModel> trainer, int seed, IOptimizer<double>? optimizer = null, double tolerance = 1e-7)
        where TModel : Model<double>
    {
        var last = double.PositiveInfinity;
        var result = trainer.Fit(
            new()
            {
                Seed = seed,
                Optimizer = optimizer is null ? null : new WatchedBounds(optimizer),
                Stopping = new() { RelativeObjectiveTolerance = 0, GradientTolerance = tolerance, MaxIterations = 5000 },
            },
            new ProgressWatch(p =>
            {
                Assert.True(p.Objective <= last * (1 + Rounding));
                last = p.Objective;
            }));
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);

        var (objective, gradient) = (trainer.Objective, new Parameters<double>(trainer.Objective.Layout));
        objective.ValueAndGradient(result.Model.Parameters, gradient, objective.CreateWorkspace());
        var (held, free) = (0, 0);
        foreach (var factor in objective.Layout.Factors)
        {
            foreach (var (x, slope) in result.Model.Parameters[factor.Name].Span.ToArray().Zip(gradient[factor.Name].Span.ToArray()))
            {
                Assert.InRange(x, factor.Min, factor.Max);
                Assert.True((x == factor.Min && slope >= 0) || (x == factor.Max && slope <= 0) || Math.Abs(slope) < NoSlope, $"{factor.Name} has {x:R}, where the slope is {slope:R}.");
                _ = x == factor.Min || x == factor.Max ? held++ : free++;
            }
        }

        Assert.True(held > 0 && free > 0);
    }
}
