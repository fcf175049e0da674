using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>System.Math and System.Double in losses: each function of doubles means one of the language's, or there is a reason why not.</summary>
public class SystemMathTests
{
    private static readonly FunctionAliasAttribute[] Aliases = [.. typeof(LossMath).Assembly.GetCustomAttributes<FunctionAliasAttribute>()];

    private static readonly FunctionExpressionAttribute[] Expressions = [.. typeof(LossMath).Assembly.GetCustomAttributes<FunctionExpressionAttribute>()];

    private static MethodInfo[] FunctionsOf(Type type) => [.. type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(m => (m.ReturnType == typeof(double) || m.ReturnType == typeof(int)) && m.GetParameters().All(p => p.ParameterType == typeof(double)))];

    [Theory]
    [InlineData(typeof(Math))]
    [InlineData(typeof(double))]
    public void Every_function_of_doubles_has_an_alias_or_a_reason(Type type)
    {
        var reasons = typeof(LossMath).Assembly.GetCustomAttributes<NoFunctionAliasAttribute>().Where(reason => reason.Type == type).ToLookup(reason => reason.Name, reason => reason.Reason);
        var functions = FunctionsOf(type);
        Assert.InRange(functions.Length, 30, 200);
        Assert.All(functions, function => Assert.True(
            AliasOf(function) is not null || Expressions.Any(e => Means(e, function)) || reasons[function.Name].Count() == 1,
            $"{type.Name}.{function.Name} of {function.GetParameters().Length} doubles needs an alias, an expression, or a reason why it has neither."));
        Assert.All(reasons, reason => Assert.Contains(type.GetMethods(), f => f.Name == reason.Key && AliasOf(f) is null && !Expressions.Any(e => Means(e, f))));
        Assert.All(Expressions.Where(e => e.Type == type), e => Assert.Single(type.GetMethods(), f => Means(e, f) && f.ReturnType == typeof(double)));
    }

    [Theory]
    [InlineData(typeof(Math))]
    [InlineData(typeof(double))]
    public void Every_alias_means_the_same_function_with_a_rule(Type type)
    {
        double[][] points = [[0.3, 0.2, 0.7], [0.9, -0.4, 0.5], [-0.6, -0.5, 0.4], [1.7, -2.0, 1.2], [-1.7, 3.0, 8.0]];
        var aliases = Aliases.Where(alias => alias.Type == type).ToList();
        Assert.InRange(aliases.Count, 20, 100);
        foreach (var alias in aliases)
        {
            var function = Assert.Single(FunctionsOf(type), f => f.Name == alias.Name && AliasOf(f) == alias);
            var count = function.GetParameters().Length;
            var target = typeof(LossMath).GetMethod(alias.Function, [.. Enumerable.Repeat(typeof(double), count)]);
            Assert.NotNull(target);
            Claim.True(target.IsDefined(typeof(PartialAttribute)), $"{alias.Function} has no rule.");
            foreach (var point in points)
            {
                object[] arguments = [.. point.Take(count)];
                var expected = Convert.ToDouble(function.Invoke(null, arguments), System.Globalization.CultureInfo.InvariantCulture);
                var found = (double)target.Invoke(null, arguments)!;
                Claim.True(
                    expected.Equals(found) || Math.Abs(expected - found) <= 4e-16 * Math.Abs(expected),
                    $"{type.Name}.{alias.Name}({string.Join(", ", arguments)}) is {expected:R}, and {alias.Function} gives {found:R}.");
            }
        }
    }

    /// <summary>Whether a function has the parameters that an expression names, and no others.</summary>
    private static bool Means(FunctionExpressionAttribute expression, MethodInfo function) =>
        expression.Type == function.DeclaringType && expression.Name == function.Name
        && Regex.Matches(expression.Expression, @"(?<![\w.])[a-z]\w*").Select(m => m.Value).ToHashSet(StringComparer.Ordinal).SetEquals(function.GetParameters().Select(p => p.Name!));

    private static FunctionAliasAttribute? AliasOf(MethodInfo function) => Aliases.SingleOrDefault(alias =>
        alias.Type == function.DeclaringType && alias.Name == function.Name
        && typeof(LossMath).GetMethod(alias.Function, [.. function.GetParameters().Select(p => p.ParameterType)]) is not null);
}
