using System.Globalization;
using System.Text.Json;
using AutoGradMf.TestLosses;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// A value and a gradient, and the size of what cancels in each where that is more than the result: no way of computing is more
/// precise than its largest term.
/// </summary>
internal sealed record Expectation(double Value, IReadOnlyDictionary<string, double[]> Gradient, IReadOnlyDictionary<string, double> Scale)
{
    /// <summary>What is too small for a normal number may come out as 0.</summary>
    private const double Subnormal = 1e-307;

    public static Expectation Of(ValueAndGradient result) => new(result.Value, result.Gradient, new Dictionary<string, double>());

    public static Expectation Read(JsonElement json) => new(
        Number(json.GetProperty("value")),
        json.GetProperty("gradient").EnumerateObject().ToDictionary(
            factor => factor.Name, factor => factor.Value.EnumerateArray().Select(Number).ToArray()),
        json.TryGetProperty("scale", out var scale)
            ? scale.EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetDouble())
            : []);

    /// <summary>The value and each tensor of the gradient, to <paramref name="tolerance"/> of its largest magnitude or of its scale.</summary>
    public void RequireClose(ValueAndGradient actual, double tolerance, double smallest = Subnormal)
    {
        RequireClose("value", [Value], [actual.Value], tolerance, smallest);
        foreach (var (factor, gradient) in Gradient)
        {
            RequireClose(factor, gradient, actual.Gradient[factor], tolerance, smallest);
        }
    }

    /// <summary>The value alone.</summary>
    public void RequireCloseValue(double actual, double tolerance) => RequireClose("value", [Value], [actual], tolerance, Subnormal);

    /// <summary>The largest magnitude that the value has or is made of.</summary>
    public double ValueScale => Math.Max(Math.Abs(Value), Scale.GetValueOrDefault("value"));

    private void RequireClose(string what, double[] expected, double[] actual, double tolerance, double smallest) =>
        Close.AreEqual(expected, actual, tolerance, what, Scale.GetValueOrDefault(what), smallest);

    private static double Number(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture)
        : json.GetDouble();
}
