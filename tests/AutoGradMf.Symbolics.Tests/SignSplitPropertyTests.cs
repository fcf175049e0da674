using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Random losses at non-negative points: the parts of a split gradient are not negative, their difference is the gradient, and the plan computes both.</summary>
public class SignSplitPropertyTests
{
    private const double Tolerance = 1e-11;
    private const double LargestMagnitude = 1e12;
    private static readonly IReadOnlyList<Point> Points = [.. Vocabulary.Sizes.Select(NonNegative)];

    /// <param name="depth">How many operators stand one inside the other.</param>
    /// <param name="count">How many losses.</param>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 600)]
    [InlineData(3, 400)]
    [InlineData(4, 200)]
    public void Every_loss_of_functions_with_known_signs_splits_into_parts_that_are_not_negative_and_differ_by_the_gradient(int depth, int count)
    {
        var losses = RandomLoss.OfDepth(depth);
        var random = PCG.Parse("0000000000000");
        for (var i = 0; i < count; i++)
        {
            var (loss, point) = (losses.Generate(random, null, out _), Points[i % Points.Count]);
            var mistake = Check(loss, point);
            Assert.True(mistake is null, $"{LossText.Of(loss)}: {mistake}");
        }
    }

    private static string? Check(LossNode loss, Point point)
    {
        var pipeline = new Pipeline(loss);
        var split = SignSplit.Of(pipeline.Gradient, Vocabulary.Functions);
        if (split.Positive.Count < pipeline.Gradient.Count)
        {
            return $"it is not split: {split.Obstacle}";
        }

        var sizes = pipeline.Sizes(point);
        var meaning = new ExpressionInterpreter(point, sizes);
        foreach (var (gradient, positive, negative) in pipeline.Gradient.Zip(split.Positive, split.Negative))
        {
            var (g, p, n) = (meaning.Array(gradient.Value, gradient.Indices), meaning.Array(positive.Value, positive.Indices), meaning.Array(negative.Value, negative.Indices));
            for (var place = 0; place < g.Length; place++)
            {
                var magnitude = g[place].Magnitude + p[place].Magnitude + n[place].Magnitude;
                if (magnitude < LargestMagnitude && !(p[place].Value >= 0 && n[place].Value >= 0 && Math.Abs(p[place].Value - n[place].Value - g[place].Value) <= Tolerance * magnitude))
                {
                    return $"in {gradient.Factor.Name}: {p[place].Value} - {n[place].Value} and not {g[place].Value}; P = {positive.Value}, N = {negative.Value}";
                }
            }
        }

        try
        {
            var plan = pipeline.Lower(split);
            if (plan.SignSplit is null)
            {
                // No kernel computes some part of it.
                return null;
            }

            var (positive, negative) = new PlanInterpreter(plan, point, sizes).Split(plan.SignSplit);
            return split.Positive.Select(p => Difference(meaning.Array(p.Value, p.Indices), positive[p.Factor.Name]))
                .Concat(split.Negative.Select(n => Difference(meaning.Array(n.Value, n.Indices), negative[n.Factor.Name])))
                .FirstOrDefault(difference => difference is not null);
        }
        catch (LossException)
        {
            // No kernel computes the gradient of some of the deep ones.
            return null;
        }
    }

    private static string? Difference(Number[] meaning, double[] computed) => meaning
        .Zip(computed, (m, c) => m.Magnitude >= LargestMagnitude || (Math.Abs(m.Value - c) <= Tolerance * m.Magnitude && c >= 0) ? null : $"the plan has {c} and not {m.Value}")
        .FirstOrDefault(d => d is not null);

    private static Point NonNegative(IReadOnlyDictionary<char, int> sizes, int seed)
    {
        var point = new Point(Vocabulary.Parameters, sizes, seed);
        foreach (var parameter in point.Parameters)
        {
            foreach (ref var value in point.Values(parameter.Name).AsSpan())
            {
                value = Math.Abs(value);
            }
        }

        return point;
    }
}
