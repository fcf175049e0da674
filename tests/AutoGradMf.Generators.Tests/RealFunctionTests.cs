using System.Reflection;
using AutoGradMf.Generators.Symbolics.Analysis.Reals;
using AutoGradMf.Generators.Symbolics.Expressions;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What curvature bounds know of the library's functions, against these.</summary>
public class RealFunctionTests
{
    /// <summary>Functions that are taken for what they declare alone: anything within their bounds.</summary>
    private static readonly HashSet<string> OnlyDeclared =
        ["Acos", "Acosh", "Asin", "Atanh", "IfLess", "IfLessOrEqual", "LogGumbel", "Pow", "StopGradient", "Tan"];

    private static readonly double[] Scales = [1e-12, 1e-3, 0.3, 1, 7, 40, 1e4];

    private static IEnumerable<MethodInfo> Elementwise => typeof(LossMath).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(m => m.GetCustomAttributes<PartialAttribute>().Any());

    public static TheoryData<string> Functions => [.. Elementwise.Select(m => m.Name).Where(name => !OnlyDeclared.Contains(name))];

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_value_is_outside_of_the_enclosure(string name)
    {
        var function = Elementwise.Single(m => m.Name == name);
        var count = function.GetParameters().Length;
        Expression[] places = [.. Enumerable.Range(0, count).Select(p => (Expression)new Leaf(new Tensor($"x{p}", TensorRole.Hyperparameter, default), []))];
        var others = places.Skip(1).Select((p, i) => (p.Key, i)).ToDictionary(p => p.Key, p => p.i);
        var value = RealDefinitions.Of(name, places) ?? RealDefinitions.Call(name, places);
        var real = new RealFunction(value, places[0], others);
        var random = new Random(8);
        for (var draw = 0; draw < 4000; draw++)
        {
            double Number() => Scales[random.Next(Scales.Length)] * ((2 * random.NextDouble()) - 1);
            double[] parameters = [.. Enumerable.Range(1, count - 1).Select(_ => Math.Abs(Number()))];
            parameters = name == "Clamp" ? [.. parameters.Order()] : parameters;
            real.Set(parameters);
            var (one, width) = (Number(), Math.Abs(Number()) * (random.Next(3) / 2.0));
            var enclosure = real.At(new(one, one + width), new RealArithmetic(1));
            foreach (var share in new[] { 0, 1, random.NextDouble(), random.NextDouble() })
            {
                var exact = (double)function.Invoke(null, [one + (share * width), .. parameters])!;
                Assert.True(double.IsNaN(exact) || Contains(enclosure, exact), $"{name}({one + (share * width)}) = {exact:R} is not in {enclosure}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_value_far_off_is_outside_of_the_enclosure(string name)
    {
        var function = Elementwise.Single(m => m.Name == name);
        var count = function.GetParameters().Length;
        Expression[] places = [.. Enumerable.Range(0, count).Select(p => (Expression)new Leaf(new Tensor($"x{p}", TensorRole.Hyperparameter, default), []))];
        var real = new RealFunction(
            RealDefinitions.Of(name, places) ?? RealDefinitions.Call(name, places), places[0], places.Skip(1).Select((p, i) => (p.Key, i)).ToDictionary(p => p.Key, p => p.i));
        real.Set([.. Enumerable.Range(1, count - 1).Select(p => (double)p)]);
        foreach (var (sign, start) in from sign in new[] { 1.0, -1 } from start in new[] { 1.0, 16, 1e6 } select (sign, start))
        {
            var enclosure = real.At(new(sign, sign, 1), new RealArithmetic(start));
            for (var t = start; t < 1e12; t *= 1.7)
            {
                var exact = (double)function.Invoke(null, [sign * t, .. Enumerable.Range(1, count - 1).Select(p => (object)(double)p)])!;
                var scale = Math.Pow(t, enclosure.Order);
                Assert.True(
                    double.IsNaN(exact) || double.IsInfinity(scale * enclosure.High) || Contains(new(scale * enclosure.Low, scale * enclosure.High), exact),
                    $"{name}({sign * t}) = {exact:R} is not in {enclosure}");
            }
        }
    }

    [Fact]
    public void Every_elementwise_function_has_a_row_or_a_definition_or_is_known_to_have_none() =>
        Assert.All(Elementwise, m => Assert.NotEqual(OnlyDeclared.Contains(m.Name), RealFunctions.Has(m.Name) || RealDefinitions.Has(m.Name)));

    /// <summary>Up to the rounding of the function itself, which the enclosure is not of.</summary>
    private static bool Contains(Enclosure enclosure, double value) =>
        (value >= enclosure.Low - (1e-13 * Math.Abs(value)) - 1e-15 && value <= enclosure.High + (1e-13 * Math.Abs(value)) + 1e-15)
            || (double.IsInfinity(value) && Math.CopySign(double.MaxValue, value) is var most && most >= enclosure.Low && most <= enclosure.High);
}
