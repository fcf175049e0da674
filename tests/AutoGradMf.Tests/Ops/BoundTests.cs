using System.Globalization;
using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every bound that a function of the library declares, found by reflection, at numbers of both signs and all sizes.</summary>
public class BoundTests
{
    private static readonly double[] Coordinates =
        [.. new[] { 1e-8, 1e-3, 0.05, 0.15, 0.3, 0.62, 0.8, 1, 1.57, 2.9, 3.14, 7, 40, 745, 1e4 }.SelectMany(x => new[] { -x, x }), 0];

    public static TheoryData<string, string?, string> Bounds
    {
        get
        {
            var bounds = new TheoryData<string, string?, string>();
            foreach (var function in typeof(LossMath).GetMethods())
            {
                foreach (var bound in function.GetCustomAttributes<BoundAttribute>())
                {
                    bounds.Add(function.Name, bound.Parameter, bound.Expression);
                }
            }

            return bounds;
        }
    }

    public static TheoryData<string, double> Least
    {
        get
        {
            var least = new TheoryData<string, double>();
            foreach (var function in typeof(LossMath).GetMethods().Where(m => m.IsDefined(typeof(LeastAttribute))))
            {
                least.Add(function.Name, function.GetCustomAttribute<LeastAttribute>()!.Value);
            }

            return least;
        }
    }

    [Theory]
    [MemberData(nameof(Least))]
    public void A_function_is_nowhere_below_the_least_value_that_is_declared_and_comes_near_it(string function, double least)
    {
        var names = typeof(LossMath).GetMethods().First(m => m.Name == function && m.IsDefined(typeof(PartialAttribute))).GetParameters().Select(p => p.Name!).ToArray();
        var values = Points(names.Length)
            .Select(point => RuleText.Evaluate($"{function}({string.Join(", ", names)})", names.Zip(point).ToDictionary(p => p.First, p => p.Second)))
            .ToList();
        Assert.Equal(least, values.Min(), 0.01);
        Claim.True(values.Min() >= least, $"{function} is {values.Min()} somewhere.");
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_value_or_a_derivative_is_within_the_bound_that_is_declared_and_comes_near_it(string function, string? parameter, string bound)
    {
        var method = typeof(LossMath).GetMethods().First(m => m.Name == function && m.IsDefined(typeof(PartialAttribute)));
        var names = method.GetParameters().Select(p => p.Name!).ToArray();
        var rule = parameter is null
            ? $"{function}({string.Join(", ", names)})"
            : method.GetCustomAttributes<PartialAttribute>().Single(p => p.Parameter == parameter).Expression;
        var nearest = 0.0;
        foreach (var point in Points(names.Length).Where(p => p.Length == 1 || p[1] != 0))
        {
            var at = names.Zip(point).ToDictionary(p => p.First, p => p.Second);
            var (value, most) = (Math.Abs(RuleText.Evaluate(rule, at)), RuleText.Evaluate(bound, at));
            Assert.True(value <= most * (1 + 1e-15), string.Create(CultureInfo.InvariantCulture, $"{rule} is {value:R} at {string.Join(", ", point)}, beyond {most:R}."));
            nearest = Math.Max(nearest, value / most);
        }

        Assert.InRange(nearest, 0.99, 1 + 1e-15);
    }

    private static IEnumerable<double[]> Points(int parameters) => parameters == 0
        ? [[]]
        : from rest in Points(parameters - 1) from last in Coordinates select (double[])[.. rest, last];
}
