using AutoGradMf.Generators.Symbolics.Expressions;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Values that the generator writes in place of calls are those that the library computes.</summary>
public class ExactValueTests
{
    public static TheoryData<string, double, double> All
    {
        get
        {
            var data = new TheoryData<string, double, double>();
            foreach (var (function, argument, value) in ExactValues.All)
            {
                data.Add(function, argument, value);
            }

            return data;
        }
    }

    /// <summary>Functions of two arguments with one that they are zero at, whatever the other one is.</summary>
    public static TheoryData<string, int, double> AllAnnihilated
    {
        get
        {
            var data = new TheoryData<string, int, double>();
            foreach (var (function, position) in ExactValues.AllAnnihilated)
            {
                foreach (var other in new[] { -700.0, -1, 0, 1e-9, 1, 2.5, 700 })
                {
                    data.Add(function, position, other);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllAnnihilated))]
    public void The_library_computes_zero_too(string function, int position, double other) =>
        Assert.Equal(0.0, OfLibrary(function, position == 0 ? [0, other] : [other, 0]));

    [Fact]
    public void The_library_computes_the_same_of_several_numbers()
    {
        double[] numbers = [-2.5, -1, 0, 0.75, 1, 6];
        var found = 0;
        foreach (var function in new[] { "Min", "Max", "Pow", "Hypot", "Atan2", "Huber", "PseudoHuber", "GemanMcClure", "SmoothSign" })
        {
            foreach (var (x, y) in numbers.SelectMany(_ => numbers, (x, y) => (x, y)))
            {
                if (ExactValues.Of(function, [Build.Number(x), Build.Number(y)]) is { } value)
                {
                    Assert.Equal(OfLibrary(function, [x, y]), value);
                    found++;
                }
            }
        }

        Assert.True(found > 100, $"{found} values are known");
        Assert.Equal(OfLibrary("Clamp", [3, -1, 2]), ExactValues.Of("Clamp", [Build.Number(3), Build.Number(-1), Build.Number(2)]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_library_computes_the_same(string function, double argument, double value) =>
        Assert.Equal(value, OfLibrary(function, [argument]));

    private static double OfLibrary(string function, double[] arguments) =>
        (double)typeof(LossMath).GetMethod(function, [.. arguments.Select(_ => typeof(double))])!.Invoke(null, [.. arguments.Cast<object>()])!;
}
