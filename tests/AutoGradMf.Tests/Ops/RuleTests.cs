using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every derivative rule of the library, found by reflection, against differences of its function.</summary>
public partial class RuleTests
{
    /// <summary>Of parameter number p, shifted by p · 0.013, so that no two are at a kink together.</summary>
    private static readonly double[] Coordinates = [-3.7, -1.31, -0.62, -0.2, 0.15, 0.45, 0.8, 1.42, 2.9, 6.3];

    private static readonly double[] Torture = [0, 1e-8, -1e-8, 1, -1, 40, -40, 745, -745, 1e4, -1e4];

    /// <summary>What the arguments must meet, beyond the function being finite.</summary>
    private static readonly Dictionary<string, Func<double[], bool>> Domains = new()
    {
        [nameof(LossMath.Clamp)] = v => v[1] < v[2],
        [nameof(LossMath.Huber)] = v => v[1] > 0,
        [nameof(LossMath.PseudoHuber)] = v => v[1] > 0,
        [nameof(LossMath.SmoothAbs)] = v => v[1] >= 0,
        [nameof(LossMath.SmoothSign)] = v => v[1] >= 0,
        [nameof(LossMath.WeightedSmoothAbs)] = v => v[1] >= 0 && v[2] >= 0,
        [nameof(LossMath.WeightedSmoothSign)] = v => v[1] >= 0 && v[2] >= 0,
        [nameof(LossMath.GemanMcClure)] = v => v[1] >= 0,
        [nameof(LossMath.Log1pSquare)] = v => v[1] >= 0,
        [nameof(LossMath.OverOnePlusSquare)] = v => v[1] >= 0,
        [nameof(LossMath.WeightedSoftplus)] = v => v[1] >= 0,
        [nameof(LossMath.WeightedSigmoid)] = v => v[1] >= 0,

        // Of exp(−eˣ) so many digits are lost as eˣ has, and from 700 on it is 0.
        [nameof(LossMath.LogGumbel)] = v => v[0] < 5,
    };

    private static readonly MethodInfo[] Functions =
        [.. typeof(LossMath).GetMethods().Where(m => m.IsDefined(typeof(PartialAttribute))).OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>Function, parameter and rule, except of what is declared to have no derivative.</summary>
    public static TheoryData<string, string, string> Rules
    {
        get
        {
            var rules = new TheoryData<string, string, string>();
            foreach (var function in Functions.Where(f => f.Name != nameof(LossMath.StopGradient)))
            {
                foreach (var partial in function.GetCustomAttributes<PartialAttribute>())
                {
                    rules.Add(function.Name, partial.Parameter, partial.Expression);
                }
            }

            return rules;
        }
    }

    [Fact]
    public void Every_function_with_rules_takes_doubles_and_has_one_rule_for_each()
    {
        Claim.True(Functions.Length >= 40, $"Only {Functions.Length} functions were found.");
        foreach (var function in Functions)
        {
            Assert.Equal(typeof(double), function.ReturnType);
            Assert.All(function.GetParameters(), parameter => Assert.Equal(typeof(double), parameter.ParameterType));
            Assert.Equal(
                function.GetParameters().Select(parameter => parameter.Name!).Order(),
                function.GetCustomAttributes<PartialAttribute>().Select(partial => partial.Parameter).Order());
        }
    }

    [Fact]
    public void Every_function_with_rules_has_a_body_in_lanes_of_the_same_name_and_no_namesake_with_rules()
    {
        Assert.Equal(Functions.Length, Functions.Select(function => function.Name).Distinct().Count());
        foreach (var function in Functions)
        {
            var lanes = Assert.Single(typeof(LaneMath).GetMethods(), method => method.Name == function.Name);
            Assert.Equal(function.GetParameters().Select(p => p.Name), lanes.GetParameters().Select(p => p.Name));
        }
    }

    [Fact]
    public void Rules_call_functions_that_have_rules_so_that_they_can_be_differentiated_again()
    {
        foreach (var call in Functions.SelectMany(f => f.GetCustomAttributes<PartialAttribute>()).SelectMany(p => Calls().Matches(p.Expression)))
        {
            Assert.Contains(Functions, function => function.Name == call.Groups[1].Value);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_the_limit_of_central_differences(string function, string parameter, string rule)
    {
        var (checkedPoints, names) = (0, Names(function));
        var p = Array.IndexOf(names, parameter);
        foreach (var point in Points(names.Length))
        {
            var scale = Math.Abs(RuleText.Call(function, point));
            if (!double.IsFinite(scale) || (Domains.TryGetValue(function, out var inDomain) && !inDomain(point)))
            {
                continue;
            }

            var (plain, extrapolated) = (Difference(function, point, p, 1e-5), Extrapolated(function, point, p, 0.008));
            if (!double.IsFinite(plain + extrapolated))
            {
                continue; // the edge of a domain is nearby
            }

            var derivative = Evaluate(rule, names, point);
            scale += Math.Abs(derivative);
            Near(plain, derivative, scale, 2e-8);
            Near(extrapolated, derivative, scale, 1e-8);
            checkedPoints++;
        }

        Claim.True(checkedPoints >= 3, $"{function}: {checkedPoints} points are in its domain.");

        void Near(double expected, double actual, double scale, double tolerance) => Claim.True(
            Math.Abs(expected - actual) <= tolerance * scale,
            $"d{function}/d{parameter} = {rule} is {actual:R}, and the differences {expected:R}; scale {scale:R}.");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_a_number_wherever_its_function_is(string function, string parameter, string rule)
    {
        var names = Names(function);
        double[] coordinates = names.Length == 1 ? [.. Torture, double.PositiveInfinity, double.NegativeInfinity] : Torture;
        foreach (var point in Combinations(names.Length, (_, c) => coordinates[c], coordinates.Length))
        {
            var isIn = !Domains.TryGetValue(function, out var inDomain) || inDomain(point);
            if (isIn && double.IsFinite(RuleText.Call(function, point)) && !IsOutsideOfPow(function, parameter, point))
            {
                var derivative = Evaluate(rule, names, point);
                Assert.False(double.IsNaN(derivative), $"d{function}/d{parameter} at ({string.Join(", ", point)}) is not a number.");
            }
        }
    }

    [Fact]
    public void A_stopped_gradient_is_zero_though_the_value_passes()
    {
        var partial = Assert.Single(Functions.Single(f => f.Name == nameof(LossMath.StopGradient)).GetCustomAttributes<PartialAttribute>());

        Assert.Equal("0", partial.Expression);
        Assert.Equal(2.5, LossMath.StopGradient(2.5));
    }

    [Theory]
    [InlineData("1 - 2 * 3 - (4 - 6) / 2", -4)]
    [InlineData("-x * -(y - 1)", 4)]
    [InlineData("Square(2 * x) / Max(x, y)", 5.333333333333333)]
    public void The_evaluator_of_rules_knows_precedence_and_calls(string text, double expected) =>
        Assert.Equal(expected, RuleText.Evaluate(text, new Dictionary<string, double> { ["x"] = 2, ["y"] = 3 }));

    [Theory]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("2 x")]
    [InlineData("x ? 1 : 0")]
    public void The_evaluator_of_rules_refuses_what_is_not_one(string text) =>
        Assert.Throws<FormatException>(() => RuleText.Evaluate(text, new Dictionary<string, double> { ["x"] = 2 }));

    /// <summary>0⁰ has no slope, and of a negative base only whole exponents have a power, which have no slope in the exponent.</summary>
    private static bool IsOutsideOfPow(string function, string parameter, double[] point) =>
        function == nameof(LossMath.Pow) && ((point[0] == 0 && point[1] == 0) || (point[0] < 0 && parameter == "y"));

    [GeneratedRegex(@"(\w+)\(")]
    private static partial Regex Calls();

    private static string[] Names(string function) =>
        [.. Functions.Single(f => f.Name == function).GetParameters().Select(parameter => parameter.Name!)];

    private static double Evaluate(string rule, string[] names, double[] point) =>
        RuleText.Evaluate(rule, names.Zip(point).ToDictionary(pair => pair.First, pair => pair.Second));

    private static IEnumerable<double[]> Points(int count) =>
        Combinations(count, (p, c) => Coordinates[c] + (0.013 * p), Coordinates.Length);

    /// <summary>All combinations of coordinates; of four parameters, every seventh.</summary>
    private static IEnumerable<double[]> Combinations(int count, Func<int, int, double> coordinate, int coordinates)
    {
        var all = (int)Math.Pow(coordinates, count);
        for (var number = 0; number < all; number += count > 3 ? 7 : 1)
        {
            var rest = number;
            var point = new double[count];
            for (var p = 0; p < count; p++)
            {
                point[p] = coordinate(p, rest % coordinates);
                rest /= coordinates;
            }

            yield return point;
        }
    }

    private static double Difference(string function, double[] point, int parameter, double step) =>
        (Shifted(function, point, parameter, step) - Shifted(function, point, parameter, -step)) / (2 * step);

    /// <summary>Richardson: of three central differences, at step, step / 2 and step / 4, the errors step² and step⁴ cancel.</summary>
    private static double Extrapolated(string function, double[] point, int parameter, double step)
    {
        var (coarse, middle, fine) = (
            Difference(function, point, parameter, step),
            Difference(function, point, parameter, step / 2),
            Difference(function, point, parameter, step / 4));
        var (first, second) = (((4 * middle) - coarse) / 3, ((4 * fine) - middle) / 3);
        return ((16 * second) - first) / 15;
    }

    private static double Shifted(string function, double[] point, int parameter, double by)
    {
        var shifted = (double[])point.Clone();
        shifted[parameter] += by;
        return RuleText.Call(function, shifted);
    }
}
