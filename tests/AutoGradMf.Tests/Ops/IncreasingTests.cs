using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every function of one number, found by reflection, at numbers of both signs and all sizes.</summary>
public class IncreasingTests
{
    private static readonly double[] Coordinates =
        [-1e4, -745, -40, -7, -3.7, -2.9, -2, -1, -0.999, -0.62, -1e-3, -1e-8, 0, 1e-8, 1e-3, 0.15, 0.8, 0.999, 1, 1.5, 2, 2.9, 4.5, 7, 40, 745, 1e4];

    public static TheoryData<string> Functions =>
        [.. typeof(LossMath).GetMethods().Where(m => m.IsDefined(typeof(PartialAttribute)) && m.GetParameters().Length == 1).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_declared_increasing_if_it_falls_nowhere(string function)
    {
        var values = Coordinates.Select(x => RuleText.Call(function, [x])).Where(value => !double.IsNaN(value)).ToList();
        var method = typeof(LossMath).GetMethods().First(m => m.Name == function && m.IsDefined(typeof(PartialAttribute)));
        Assert.Equal(values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second), method.IsDefined(typeof(IncreasingAttribute)));
    }
}
