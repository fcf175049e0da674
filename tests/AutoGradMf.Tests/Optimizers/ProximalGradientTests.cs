using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Proximal gradient on penalized distances to a point, whose minima are known in closed form.</summary>
public sealed class ProximalGradientTests
{
    private const double Weight = 2;

    /// <summary>3 × 2; its rows have the norms 5, √2 and 13.</summary>
    private static readonly double[] Target = [3, -4, 1, 1, -5, 12];

    [Fact]
    public void Elements_are_shrunk_by_the_weight() =>
        RequireMinimum([1, -2, 0, 0, -3, 10], new Penalty(0, PenaltyGroups.Elements, Weight));

    [Fact]
    public void Rows_are_shrunk_by_the_weight_along_themselves() =>
        RequireMinimum([1.8, -2.4, 0, 0, -5 * 11 / 13.0, 12 * 11 / 13.0], new Penalty(0, PenaltyGroups.Rows, Weight));

    [Fact]
    public void Columns_are_shrunk_along_themselves()
    {
        var (first, second) = (1 - (Weight / Math.Sqrt(35)), 1 - (Weight / Math.Sqrt(161)));
        RequireMinimum([3 * first, -4 * second, first, second, -5 * first, 12 * second], new Penalty(0, PenaltyGroups.Columns, Weight));
    }

    [Fact]
    public void The_whole_is_shrunk_or_zero()
    {
        var kept = 1 - (Weight / Math.Sqrt(196));
        RequireMinimum([.. Target.Select(x => kept * x)], new Penalty(0, PenaltyGroups.Whole, Weight));
        RequireMinimum(new double[6], new Penalty(0, PenaltyGroups.Whole, 14.1));
    }

    [Fact]
    public void Elements_are_shrunk_before_the_rows_that_they_lie_in()
    {
        var (first, last) = (1 - (Weight / Math.Sqrt(5)), 1 - (Weight / Math.Sqrt(109)));
        RequireMinimum([first, -2 * first, 0, 0, -3 * last, 10 * last], new Penalty(0, PenaltyGroups.Rows, Weight), new Penalty(0, PenaltyGroups.Elements, Weight));
    }

    [Fact]
    public void Elements_within_bounds_are_shrunk_then_clamped()
    {
        var objective = new PenalizedDistance<double>(Target, [new(0, PenaltyGroups.Elements, Weight)], min: -1, max: 6);
        RequireMinimum(objective, [1, -1, 0, 0, -1, 6]);
    }

    [Fact]
    public void Groups_of_elements_of_one_sign_are_clamped_then_shrunk()
    {
        RequireMinimum(new(Target, [new(0, PenaltyGroups.Rows, Weight)], min: 0), [1, 0, 0, 0, 0, 10]);
        RequireMinimum(new(Target, [new(0, PenaltyGroups.Rows, Weight)], max: 0), [0, -2, 0, 0, -3, 0]);
        RequireMinimum(
            new(Target, [new(0, PenaltyGroups.Rows, Weight), new(0, PenaltyGroups.Elements, 0.5)], min: 0), [0.5, 0, 0, 0, 0, 9.5]);
    }

    /// <summary>Half of the elements end at zero. Proximal steps alone take 1,772 iterations, with quasi-Newton steps between them it is 725.</summary>
    [Fact]
    public void Curvatures_that_differ_ten_thousand_times_are_learnt()
    {
        const int count = 200;
        static double Curvature(int p) => Math.Pow(10, 4.0 * p / count);
        var target = Enumerable.Range(0, count).Select(p => (p % 2 == 0 ? 0.5 : 3) * Weight / Curvature(p)).ToArray();
        var objective = new PenalizedDistance<double>(target, [new(0, PenaltyGroups.Elements, Weight)], curvature: Curvature);

        var result = new ProximalGradient<double>().Minimize(
            objective, Problems.At<double>(objective.Layout, _ => 1), new() { MaxIterations = 1000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-9 });

        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
        Assert.All(target.Index(), t => Assert.Equal(t.Index % 2 == 0 ? 0 : t.Item * 2 / 3, result.Parameters.Values[t.Index], 1e-5));
    }

    [Fact]
    public void In_float_too()
    {
        var objective = new PenalizedDistance<float>(Target, [new(0, PenaltyGroups.Elements, Weight)]);
        var result = new ProximalGradient<float>().Minimize(objective, new(objective.Layout));
        Assert.Equal([1, -2, 0, 0, -3, 10], result.Parameters.Values.ToArray().Select(x => Math.Round(x, 5)));
        Assert.Equal(0, result.Parameters.Values[2]);
    }

    [Fact]
    public void Without_penalties_there_is_nothing_to_shrink()
    {
        var refusal = new ProximalGradient<double>().FindRefusal(Problems.Quadratic<double>(3, condition: 2));
        Assert.Contains("take ProjectedGradient", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_weight_is_refused() => Assert.Contains(
        "the weight of the norms in F is -0.5; make it 0 or more",
        new ProximalGradient<double>().FindRefusal(new PenalizedDistance<double>(Target, [new(0, PenaltyGroups.Rows, -0.5)])),
        StringComparison.Ordinal);

    [Fact]
    public void Rows_and_columns_at_once_are_refused() => Assert.Contains(
        "norms of rows and of columns of F are added",
        new ProximalGradient<double>().FindRefusal(new PenalizedDistance<double>(Target, [new(0, PenaltyGroups.Rows, 1), new(0, PenaltyGroups.Columns, 1)])),
        StringComparison.Ordinal);

    [Fact]
    public void Groups_within_bounds_other_than_zero_are_refused() => Assert.Contains(
        "F has bounds other than zero beside norms of several elements",
        new ProximalGradient<double>().FindRefusal(new PenalizedDistance<double>(Target, [new(0, PenaltyGroups.Rows, 1)], min: 0, max: 5)),
        StringComparison.Ordinal);

    private static void RequireMinimum(double[] expected, params Penalty[] penalties) =>
        RequireMinimum(new PenalizedDistance<double>(Target, penalties), expected);

    private static void RequireMinimum(PenalizedDistance<double> objective, double[] expected)
    {
        foreach (var start in new[] { 0.0, 1.0, -7.0 })
        {
            var result = new ProximalGradient<double>().Minimize(
                objective, Problems.At<double>(objective.Layout, p => start * (p + 1)), new() { RelativeObjectiveTolerance = 0, GradientTolerance = 1e-12 });
            Assert.All(expected.Zip(result.Parameters.Values.ToArray()), e => Assert.Equal(e.First, e.Second, e.First == 0 ? 0 : 1e-10));
        }
    }
}
