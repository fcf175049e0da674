using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Minus infinity, or what is all but that, is no progress: where an optimizer comes there, or would end on the way as if at a minimum, the
/// run ends with an error that holds the
/// last finite point.
/// </summary>
public class UnboundedLossTests
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
