using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every function of one number, found by reflection.</summary>
public class DomainTests
{
    public static TheoryData<string> Functions =>
        [.. typeof(LossMath).GetMethods().Where(m => m.IsDefined(typeof(PartialAttribute)) && m.GetParameters().Length == 1).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_declares_where_its_domain_begins_and_ends(string function)
    {
        bool HasValue(double x) => !double.IsNaN(RuleText.Call(function, [x]));
        var method = typeof(LossMath).GetMethods().First(m => m.Name == function && m.IsDefined(typeof(PartialAttribute)));
        var least = method.GetCustomAttribute<LeastArgumentAttribute>()?.Value;
        var greatest = method.GetCustomAttribute<GreatestArgumentAttribute>()?.Value;
        Assert.Equal(!HasValue(-1e4), least is not null);
        Assert.Equal(!HasValue(1e4), greatest is not null);
        Assert.True(least is not { } low || (HasValue(low) && !HasValue(Math.BitDecrement(low))));
        Assert.True(greatest is not { } high || (HasValue(high) && !HasValue(Math.BitIncrement(high))));
    }
}
