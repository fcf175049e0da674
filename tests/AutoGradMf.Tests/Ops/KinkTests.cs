using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>What derivatives are taken to be where there is none: the documented conventions.</summary>
public class KinkTests
{
    [Theory]
    [InlineData("Abs", "x", 0, 0)]
    [InlineData("Abs", "x", 0, -0.0)]
    [InlineData("Sign", "x", 0, 0)]
    [InlineData("Relu", "x", 0, 0)]
    [InlineData("Relu", "x", 0, -0.0)]
    [InlineData("Max", "x", 0, 2, 2)]
    [InlineData("Max", "y", 1, 2, 2)]
    [InlineData("Min", "x", 0, 2, 2)]
    [InlineData("Min", "y", 1, 2, 2)]
    [InlineData("Clamp", "x", 0, -1, -1, 3)]
    [InlineData("Clamp", "low", 1, -1, -1, 3)]
    [InlineData("Clamp", "high", 0, -1, -1, 3)]
    [InlineData("Clamp", "x", 0, 3, -1, 3)]
    [InlineData("Clamp", "low", 0, 3, -1, 3)]
    [InlineData("Clamp", "high", 1, 3, -1, 3)]
    [InlineData("Huber", "x", 1.5, 1.5, 1.5)]
    [InlineData("Huber", "x", -1.5, -1.5, 1.5)]
    [InlineData("Huber", "delta", 0, 1.5, 1.5)]
    [InlineData("Hypot", "x", 0, 0, 0)]
    [InlineData("Hypot", "y", 0, 0, 0)]
    [InlineData("RootOrZero", "x", 0, 0)]
    [InlineData("RootOrZero", "x", 0, -1e-20)]
    [InlineData("ReciprocalOrZero", "x", 0, 0)]
    [InlineData("PseudoHuber", "delta", 0, 0, 1)]
    [InlineData("IfLess", "yes", 0, 2, 2, 5, 6)]
    [InlineData("IfLess", "no", 1, 2, 2, 5, 6)]
    [InlineData("IfLessOrEqual", "yes", 1, 2, 2, 5, 6)]
    [InlineData("IfLessOrEqual", "no", 0, 2, 2, 5, 6)]
    [InlineData("Pow", "x", 0, 0, 2)]
    [InlineData("Pow", "x", 1, 0, 1)]
    [InlineData("Pow", "y", 0, 0, 2)]
    public void At_a_kink_the_convention_holds(string function, string parameter, double expected, params double[] point)
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
