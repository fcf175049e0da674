using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>What Adam says of its rate where it finds no finite point.</summary>
public sealed class AdamTests
{
    [Fact]
    public void A_rate_that_stays_huge_after_all_halvings_is_the_likely_cause()
    {
        var objective = Problems.Quadratic<double>(5, condition: 10);

        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() => new Adam<double>(learningRate: 1e300).Minimize(objective, new(objective.Layout)));

        Assert.Contains("Likely cause: the LearningRate 1E+300, halved to 8.67E+281, is too large, or the loss is unbounded below.", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Iteration);
    }

    /// <summary>Where the next number is not finite already, no rate helps.</summary>
    [Fact]
    public void A_rate_that_was_halved_to_nothing_is_not()
    {
        var objective = new FunctionObjective<double>(Problems.Vector(2), (at, gradient) =>
        {
            gradient.Values.Fill(1);
            return at.Values[0] == 0 ? 1 : double.NaN;
        });

        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() => new Adam<double>().Minimize(objective, new(objective.Layout)));

        Assert.Contains("Likely cause: the loss is unbounded below, or its domain ends here", error.Message, StringComparison.Ordinal);
    }
}
