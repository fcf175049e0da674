using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>System.Math in losses: each of its functions of doubles means one of the language's, or there is a reason why not.</summary>
public class SystemMathTests
{
    private const string PiecewiseConstant = "its derivative is 0 wherever it has one: a gradient would be lost in silence";
    private const string NotReal = "not a function of real numbers but of their representation";
    private const string OfTheProcessor = "the value depends on the processor";

    /// <summary>By name and number of parameters.</summary>
    private static readonly Dictionary<(string, int), string> NotAliased = new()
    {
        [("BitDecrement", 1)] = NotReal,
        [("BitIncrement", 1)] = NotReal,
        [("Ceiling", 1)] = PiecewiseConstant,
        [("CopySign", 2)] = "it jumps with the sign, of −0 too: Abs(x) * Sign(y) says what is meant",
        [("Floor", 1)] = PiecewiseConstant,
        [("FusedMultiplyAdd", 3)] = "x * y + z: what is fused is the processor's business",
        [("IEEERemainder", 2)] = "it jumps where the quotient's rounding does",
        [("Log", 2)] = "Log(x) / Log(newBase)",
        [("MaxMagnitude", 2)] = "a conditional on Abs(x) and Abs(y) says what happens at ties",
        [("MinMagnitude", 2)] = "a conditional on Abs(x) and Abs(y) says what happens at ties",
        [("ReciprocalEstimate", 1)] = OfTheProcessor,
        [("ReciprocalSqrtEstimate", 1)] = OfTheProcessor,
        [("Round", 1)] = PiecewiseConstant,
        [("Truncate", 1)] = PiecewiseConstant,
    };

    private static readonly FunctionAliasAttribute[] Aliases =
        [.. typeof(LossMath).Assembly.GetCustomAttributes<FunctionAliasAttribute>().Where(alias => alias.Type == typeof(Math))];

    private static readonly MethodInfo[] Functions = [.. typeof(Math).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(m => m.ReturnType == typeof(double) && m.GetParameters().All(p => p.ParameterType == typeof(double)))];

    [Fact]
    public void Every_function_of_doubles_has_an_alias_or_a_reason()
    {
        foreach (var function in Functions)
        {
            var key = (function.Name, function.GetParameters().Length);
            Assert.True(
                NotAliased.ContainsKey(key) != (AliasOf(function) is not null),
                $"Math.{function.Name} of {key.Length} doubles needs either an alias or a reason why it has none.");
        }

        Assert.All(NotAliased.Keys, key => Assert.Contains(Functions, f => (f.Name, f.GetParameters().Length) == key));
    }

    [Fact]
    public void Every_alias_means_the_same_function_with_a_rule()
    {
        double[][] points = [[0.3, 0.2, 0.7], [0.9, -0.4, 0.5], [-0.6, -0.5, 0.4], [1.7, -2.0, 1.2], [-1.7, 3.0, 8.0]];
        foreach (var alias in Aliases)
        {
            var function = Assert.Single(Functions, f => f.Name == alias.Name && AliasOf(f) == alias);
            var count = function.GetParameters().Length;
            var target = typeof(LossMath).GetMethod(alias.Function, [.. Enumerable.Repeat(typeof(double), count)]);
            Assert.NotNull(target);
            Assert.True(target.IsDefined(typeof(PartialAttribute)), $"{alias.Function} has no rule.");
            foreach (var point in points)
            {
                object[] arguments = [.. point.Take(count)];
                var expected = (double)function.Invoke(null, arguments)!;
                var found = (double)target.Invoke(null, arguments)!;
                Assert.True(
                    expected.Equals(found) || Math.Abs(expected - found) <= 4e-16 * Math.Abs(expected),
                    $"Math.{alias.Name}({string.Join(", ", arguments)}) is {expected:R}, and {alias.Function} gives {found:R}.");
            }
        }
    }

    private static FunctionAliasAttribute? AliasOf(MethodInfo function) => Aliases.SingleOrDefault(alias =>
        alias.Name == function.Name
        && typeof(LossMath).GetMethod(alias.Function, [.. function.GetParameters().Select(p => p.ParameterType)]) is not null);
}
