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

    [Theory]
    [MemberData(nameof(All))]
    public void The_library_computes_the_same(string function, double argument, double value) =>
        Assert.Equal(value, (double)typeof(LossMath).GetMethod(function, [typeof(double)])!.Invoke(null, [argument])!);
}
