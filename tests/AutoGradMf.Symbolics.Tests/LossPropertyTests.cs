using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Random losses: translation, structure, reverse mode and plan all keep the value, and the gradient is its derivative.</summary>
public class LossPropertyTests
{
    private const string Seed = "0000000000000";
    private static readonly IReadOnlyList<Point> Points = [.. Vocabulary.Sizes.Select((sizes, seed) => new Point(Vocabulary.Parameters, sizes, seed))];

    /// <param name="depth">How many operators stand one inside the other.</param>
    /// <param name="count">How many losses.</param>
    /// <param name="refused">The largest share of losses that may have no plan.</param>
    [Theory]
    [InlineData(1, 200, 0)]
    [InlineData(2, 1500, 0.005)]
    [InlineData(3, 1000, 0.03)]
    [InlineData(4, 500, 0.06)]
    [InlineData(5, 150, 0.10)]
    public void Every_stage_keeps_the_value_and_the_gradient_is_its_derivative(int depth, int count, double refused)
    {
        var losses = RandomLoss.OfDepth(depth);
        var random = PCG.Parse(Seed);
        var refusals = new List<LossNode>();
        var inRange = 0;
        for (var i = 0; i < count; i++)
        {
            var (loss, point) = (losses.Generate(random, null, out _), Points[i % Points.Count]);
            var outcome = LossCheck.Check(loss, point);
            if (outcome.Kind == OutcomeKind.Wrong)
            {
                var smallest = Shrinking.Shrink(loss, l => LossCheck.Check(l, point).Kind == OutcomeKind.Wrong);
                Assert.Fail($"{LossText.Of(smallest)}: {LossCheck.Check(smallest, point).Reason} (from {LossText.Of(loss)})");
            }

            inRange += outcome.Kind == OutcomeKind.OutOfRange ? 0 : 1;
            if (outcome.Kind == OutcomeKind.Refused)
            {
                refusals.Add(loss);
            }
        }

        Assert.True(inRange >= 0.9 * count, $"only {inRange} of {count} losses are within the range of double");
        if (refusals.Count > refused * count)
        {
            Assert.Fail($"{refusals.Count} of {count} losses have no plan, such as {Smallest(refusals)}");
        }
    }

    private static string Smallest(List<LossNode> refusals) =>
        LossText.Of(Shrinking.Shrink(refusals[0], l => LossCheck.Check(l, Points[0]).Kind == OutcomeKind.Refused));
}
