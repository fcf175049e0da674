using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every function of one number, found by reflection.</summary>
public class LeastArgumentTests
{
    public static TheoryData<string> Functions =>
        [.. typeof(LossMath).GetMethods().Where(m => m.IsDefined(typeof(PartialAttribute)) && m.GetParameters().Length == 1).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_that_has_no_value_of_less_declares_where_its_domain_begins(string function)
    {
        bool HasValue(double x) => !double.IsNaN(RuleText.Call(function, [x]));
        var least = typeof(LossMath).GetMethods().First(m => m.Name == function && m.IsDefined(typeof(PartialAttribute))).GetCustomAttribute<LeastArgumentAttribute>();
        Assert.Equal(HasValue(1e4) && !HasValue(-1e4), least is not null);
        Assert.True(least is null || (HasValue(least.Value) && !HasValue(Math.BitDecrement(least.Value))));
    }
}
