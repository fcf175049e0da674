using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>What derivatives are taken to be where there is none: the documented conventions.</summary>
public class KinkTests
{
    /// <summary>Function, parameter, derivative in it, and arguments.</summary>
    public static TheoryData<string, string, double, double[]> Conventions => new()
    {
        { "Abs", "x", 0, [0] },
        { "Abs", "x", 0, [-0.0] },
        { "Sign", "x", 0, [0] },
        { "Relu", "x", 0, [0] },
        { "Relu", "x", 0, [-0.0] },
        { "Max", "x", 0, [2, 2] },
        { "Max", "y", 1, [2, 2] },
        { "Min", "x", 0, [2, 2] },
        { "Min", "y", 1, [2, 2] },
        { "Clamp", "x", 0, [-1, -1, 3] },
        { "Clamp", "low", 1, [-1, -1, 3] },
        { "Clamp", "high", 0, [-1, -1, 3] },
        { "Clamp", "x", 0, [3, -1, 3] },
        { "Clamp", "low", 0, [3, -1, 3] },
        { "Clamp", "high", 1, [3, -1, 3] },
        { "Huber", "x", 1.5, [1.5, 1.5] },
        { "Huber", "x", -1.5, [-1.5, 1.5] },
        { "Huber", "delta", 0, [1.5, 1.5] },
        { "Hypot", "x", 0, [0, 0] },
        { "Hypot", "y", 0, [0, 0] },
        { "RootOrZero", "x", 0, [0] },
        { "RootOrZero", "x", 0, [-1e-20] },
        { "ReciprocalOrZero", "x", 0, [0] },
        { "PseudoHuber", "delta", 0, [0, 1] },
        { "IfLess", "yes", 0, [2, 2, 5, 6] },
        { "IfLess", "no", 1, [2, 2, 5, 6] },
        { "IfLessOrEqual", "yes", 1, [2, 2, 5, 6] },
        { "IfLessOrEqual", "no", 0, [2, 2, 5, 6] },
        { "Pow", "x", 0, [0, 2] },
        { "Pow", "x", 1, [0, 1] },
        { "Pow", "y", 0, [0, 2] },
    };

    [Theory]
    [MemberData(nameof(Conventions))]
    public void At_a_kink_the_convention_holds(string function, string parameter, double expected, double[] point)
    {
        var method = typeof(LossMath).GetMethod(function, [.. point.Select(_ => typeof(double))])!;
        var rule = method.GetCustomAttributes<PartialAttribute>().Single(partial => partial.Parameter == parameter).Expression;
        var arguments = method.GetParameters().Zip(point).ToDictionary(pair => pair.First.Name!, pair => pair.Second);

        Assert.Equal(expected, RuleText.Evaluate(rule, arguments));
    }

    [Fact]
    public void A_conditional_on_a_NaN_takes_the_other_side()
    {
        Assert.Equal(2, LossMath.IfLess(double.NaN, 0, 1, 2));
        Assert.Equal(2, LossMath.IfLessOrEqual(0, double.NaN, 1, 2));
    }

    [Fact]
    public void The_larger_and_the_smaller_of_a_NaN_are_NaN()
    {
        Assert.Equal(double.NaN, LossMath.Max(double.NaN, 1));
        Assert.Equal(double.NaN, LossMath.Max(1, double.NaN));
        Assert.Equal(double.NaN, LossMath.Min(double.NaN, 1));
        Assert.Equal(double.NaN, LossMath.Min(1, double.NaN));
    }
}
