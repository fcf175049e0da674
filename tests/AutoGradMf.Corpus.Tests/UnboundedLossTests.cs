using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Minus infinity, or what is all but that, is no progress: where an optimizer comes there, or would end on the way as if at a minimum, the
/// run ends with an error that holds the
/// last finite point.
/// </summary>
public partial class UnboundedLossTests
{
    private static readonly string[] ComesThere = ["alternating Newton", "alternating conjugate gradients", "multiplicative updates", "alternating majorization"];

    /// <summary>Steps of bounded length are too slow.</summary>
    private static readonly string[] StopsBefore = ["Adam", "gradient descent", "stochastic gradient"];

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(GeneratedLoss.Endless);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_run_ends_at_a_finite_point_and_where_it_comes_to_infinity_in_an_error(string loss, string optimizer)
    {
        RequireFinite<double>(loss, optimizer);
        RequireFinite<float>(loss, optimizer);
    }

    /// <summary>What it is told to take for an end is one: the loss is no lower along any factor than at its minimum, which is below zero.</summary>
    [Theory]
    [InlineData("L-BFGS")]
    [InlineData("gradient descent")]
    [InlineData("Newton-CG")]
    public void A_run_to_a_minimum_below_zero_ends_there_however_loose_its_tolerance(string optimizer)
    {
        var objective = new AboutThreeObjective<double>(4, 2);
        var start = Parameters<double>.Uniform(objective.Layout, 0, 1, seed: 1);
        var result = EveryOptimizer.Of<double>()[optimizer].Minimize(objective, start, new() { RelativeObjectiveTolerance = 0.5, Window = 1 });
        Assert.NotEqual(StoppingReason.IterationLimit, result.Reason);
        Assert.InRange(result.Objective, 8 * -4.5, 0);
    }

    /// <summary>The least value is −4.5 for each element.</summary>
    [Loss]
    internal static double AboutThree([Factor] Matrix<double> U) => (0.5 * Sum(Square(U))) - (3 * Sum(U));

    /// <summary>A model that a validation chose before is what training is for, wherever the loss goes after it; the last one is on the way to infinity.</summary>
    [Fact]
    public void Where_a_validation_chose_an_earlier_point_that_is_the_result()
    {
        var scores = 0.0;
        var trainer = new Unbounded.RidgeTrainer<double>(SmallRatings.Create(), 0.3, 2);
        TrainingOptions<double> options = new() { Optimizer = new NewtonConjugateGradient<double>(), Stopping = new() { MaxIterations = 3000 } };
        TrainingOptions<double> Validated(Func<double> score) =>
            options with { Validation = new(new ValidationMetric<double>("score", _ => score())) { Patience = 5000 } };
        Assert.All([options, Validated(() => -scores++), Validated(() => 1)], endless => Assert.Contains(
            "falls without end", Assert.Throws<NonFiniteObjectiveException<double>>(() => trainer.Fit(endless)).Message, StringComparison.Ordinal));
        scores = 0;
        var result = trainer.Fit(Validated(() => scores++));
        Assert.Equal(StoppingReason.SmallDecrease, result.Reason);
        Assert.InRange(result.Objective, 0, double.MaxValue);
    }

    private static void RequireFinite<TElement>(string loss, string optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = new SyntheticPoint<TElement>(12, 10, 2, 90).Objective(loss);
        var start = SyntheticPoint<TElement>.Start(objective);
        var workspace = objective.CreateWorkspace();
        StoppingReason? reason = null;
        Parameters<TElement> reached;
        try
        {
            var result = EveryOptimizer.Of<TElement>()[optimizer].Minimize(objective, start, new() { MaxIterations = 3000 });
            Assert.True(double.IsFinite(result.GradientNorm));
            (reached, reason) = (result.Parameters, result.Reason);
        }
        catch (NonFiniteObjectiveException<TElement> error)
        {
            reached = error.LastFinite!;
            Assert.Contains("unbounded below", error.Message, StringComparison.Ordinal);
            Assert.InRange(error.Iteration, 1, 3000);
        }

        var value = objective.Value(reached, workspace);
        Assert.True(double.IsFinite(value) && value <= objective.Value(start, workspace), $"It is {value}.");
        Assert.True(reason is null || !MustComeThere(loss, optimizer), $"It ended at {value} without an error: {reason}.");
        Assert.True(
            reason is null or StoppingReason.IterationLimit || IsAtBound(loss, optimizer), $"It ended at {value} as if that were a minimum: {reason}.");
    }

    /// <summary>
    /// Where a loss falls as a power of its factors, methods that search lines are still on their way when their iterations end. Clamped
    /// steps come to zero itself.
    /// </summary>
    private static bool MustComeThere(string loss, string optimizer) =>
        loss == "Unbounded.LogarithmAtBound" ? !IsAtBound(loss, optimizer)
        : ComesThere.Contains(optimizer) || (loss == "Unbounded.Exponential" && !StopsBefore.Contains(optimizer));

    /// <summary>Ratios bring elements near zero, and never there.</summary>
    private static bool IsAtBound(string loss, string optimizer) =>
        loss == "Unbounded.LogarithmAtBound" && optimizer == "multiplicative updates";
}
