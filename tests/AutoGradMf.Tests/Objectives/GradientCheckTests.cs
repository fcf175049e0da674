using AutoGradMf.Objectives;
using AutoGradMf.Tests.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Objectives;

public sealed class GradientCheckTests
{
    private static readonly FunctionObjective<double> Right = Problems.Classic<double>(Problems.Ratings(6, 5, 2, 7), latent: 3, ridge: 0.5);
    private static readonly Parameters<double> Point = Parameters<double>.Normal(Right.Layout, 0.5, seed: 11);

    [Fact]
    public void A_right_gradient_passes_every_check()
    {
        var coordinates = GradientCheck.Coordinates(Right, Point);
        var directions = GradientCheck.Directions(Right, Point);
        var taylor = GradientCheck.Taylor(Right, Point);
        var value = GradientCheck.Value(Right, Point);

        Assert.Equal(["U", "M"], coordinates.Select(check => check.Factor));
        Assert.Equal([18, 15], coordinates.Select(check => check.Checked));
        Assert.All(coordinates, check => Assert.InRange(check.LargestRelativeError, 0, 1e-7));
        Assert.Equal(["U", "M", null], directions.Select(check => check.Factor));
        Assert.All(directions, check => Assert.InRange(check.LargestRelativeError, 0, 1e-7));
        Assert.True(taylor.Passed, taylor.Explanation);
        Assert.Equal(14, taylor.Steps.Count);
        Assert.All(taylor.Rates.Take(7), rate => Assert.InRange(rate, 1.9, 2.1));
        Assert.Equal(0, value.LargestRelativeError);
    }

    public static TheoryData<string> WrongGradients => ["sign", "factor", "small factor", "one factor's", "NaN"];

    [Theory]
    [MemberData(nameof(WrongGradients))]
    public void A_wrong_gradient_fails_every_check(string how)
    {
        var wrong = Wrong(how);

        Assert.Contains(GradientCheck.Coordinates(wrong, Point), check => check.LargestRelativeError > 1e-4);
        Assert.True(GradientCheck.Directions(wrong, Point)[^1].LargestRelativeError > 1e-4);
        Assert.False(GradientCheck.Taylor(wrong, Point).Passed);
    }

    [Theory]
    [InlineData(1.0001)]
    [InlineData(0.9999)]
    public void Taylor_sees_a_gradient_that_is_off_by_a_ten_thousandth(double scale)
    {
        var wrong = new FunctionObjective<double>(
            Right.Layout,
            (at, gradient) =>
            {
                var value = Right.ValueAndGradient(at, gradient, null!);
                foreach (ref var element in gradient.Values)
                {
                    element *= scale;
                }

                return value;
            },
            Right.Reference);

        Assert.False(GradientCheck.Taylor(wrong, Point).Passed);
    }

    [Fact]
    public void One_wrong_element_is_found_with_its_place()
    {
        var wrong = new FunctionObjective<double>(
            Right.Layout,
            (at, gradient) =>
            {
                var value = Right.ValueAndGradient(at, gradient, null!);
                gradient["M"][3, 1] += 0.1;
                return value;
            },
            Right.Reference);

        var checks = GradientCheck.Coordinates(wrong, Point);

        Assert.InRange(checks[0].LargestRelativeError, 0, 1e-7);
        Assert.True(checks[1].LargestRelativeError > 1e-4);
        Assert.Equal((3, 1), (checks[1].Row, checks[1].Column));
        Assert.Equal(0.1, checks[1].Analytic - checks[1].Numeric, 1e-6);
        Assert.False(GradientCheck.Taylor(wrong, Point).Passed);
    }

    [Fact]
    public void An_element_that_is_not_finite_counts_as_an_infinite_error()
    {
        var check = GradientCheck.Coordinates(Wrong("NaN"), Point)[0];

        Assert.Equal(double.PositiveInfinity, check.LargestRelativeError);
        Assert.Equal((0, 0), (check.Row, check.Column));
        Assert.Contains("not finite", GradientCheck.Taylor(Wrong("NaN"), Point).Explanation);
    }

    [Fact]
    public void A_linear_loss_passes_the_Taylor_test_below_rounding_and_its_wrong_gradient_does_not()
    {
        var layout = Problems.Vector(50);
        var point = Problems.At<double>(layout, p => Math.Sin(p));

        var right = GradientCheck.Taylor(Linear(1), point);
        var wrong = GradientCheck.Taylor(Linear(1 + 1e-6), point);

        Assert.True(right.Passed);
        Assert.Contains("below rounding", right.Explanation);
        Assert.False(wrong.Passed);

        FunctionObjective<double> Linear(double factor) => new(
            layout,
            (at, gradient) =>
            {
                gradient.Values.Fill(3 * factor);
                return Sum(at);
            },
            Sum);

        static double Sum(Parameters<double> at) => 3 * at.Values.ToArray().Sum();
    }

    [Fact]
    public void Terms_of_third_order_do_not_fail_a_right_gradient()
    {
        var objective = new FunctionObjective<double>(Problems.Vector(4), (at, gradient) =>
        {
            var value = 0.0;
            for (var p = 0; p < 4; p++)
            {
                gradient.Values[p] = 5 * Math.Exp(5 * at.Values[p]);
                value += Math.Exp(5 * at.Values[p]);
            }

            return value;
        });

        var check = GradientCheck.Taylor(objective, new(objective.Layout), step: 0.1);

        Assert.True(check.Passed, check.Explanation);
    }

    [Fact]
    public void A_sample_checks_so_many_elements_of_each_factor_and_equal_seeds_choose_equal_ones()
    {
        var evaluations = 0;
        var objective = new FunctionObjective<double>(Right.Layout, (at, gradient) => Right.ValueAndGradient(at, gradient, null!), at =>
        {
            evaluations++;
            return Right.Reference(at);
        });

        var first = GradientCheck.Coordinates(objective, Point, sample: 4, seed: 1);
        Assert.Equal(2 * (4 + 4), evaluations);
        var again = GradientCheck.Coordinates(objective, Point, sample: 4, seed: 1);
        var whole = GradientCheck.Coordinates(objective, Point, sample: 1000);

        Assert.Equal([4, 4], first.Select(check => check.Checked));
        Assert.Equal(first, again);
        Assert.Equal(GradientCheck.Coordinates(objective, Point), whole);
    }

    [Fact]
    public void The_point_is_not_modified()
    {
        var before = Point.Values.ToArray();

        GradientCheck.Coordinates(Right, Point);
        GradientCheck.Directions(Right, Point);
        GradientCheck.Taylor(Right, Point);

        Assert.Equal(before, Point.Values.ToArray());
    }

    [Fact]
    public void A_value_that_differs_from_the_users_method_is_seen()
    {
        var objective = new FunctionObjective<double>(
            Right.Layout, (at, gradient) => Right.ValueAndGradient(at, gradient, null!), at => Right.Reference(at) + 1);

        var check = GradientCheck.Value(objective, Point);

        Assert.Equal(check.Reference, check.Value + 1, 1e-9);
        Assert.Equal(check.Value, check.ValueWithGradient);
        Assert.Equal(1 / (check.Value + check.Reference), check.LargestRelativeError, 1e-9);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("step", () => GradientCheck.Coordinates(Right, Point, step: 0));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => GradientCheck.Directions(Right, Point, step: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("sample", () => GradientCheck.Coordinates(Right, Point, sample: 0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => GradientCheck.Directions(Right, Point, count: 0));
        Assert.Throws<ArgumentOutOfRangeException>("levels", () => GradientCheck.Taylor(Right, Point, levels: 1));
    }

    private static FunctionObjective<double> Wrong(string how) => new(
        Right.Layout,
        (at, gradient) =>
        {
            var value = Right.ValueAndGradient(at, gradient, null!);
            var spoiled = how == "one factor's" ? gradient["M"].Span : gradient.Values;
            foreach (ref var element in spoiled)
            {
                element *= how switch { "sign" => -1, "factor" => 2, "small factor" => 1.001, "NaN" => double.NaN, _ => 0.9 };
            }

            return value;
        },
        Right.Reference);
}
