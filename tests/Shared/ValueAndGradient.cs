using System.Text.Json;

namespace AutoGradMf.TestLosses;

/// <summary>A loss at a point, and its gradient in each of its factors, row after row.</summary>
public sealed record ValueAndGradient(double Value, IReadOnlyDictionary<string, double[]> Gradient)
{
    internal static ValueAndGradient Read(JsonElement json) => new(
        json.GetProperty("value").GetDouble(),
        json.GetProperty("gradient").EnumerateObject().ToDictionary(
            factor => factor.Name,
            factor => factor.Value.EnumerateArray().Select(number => number.GetDouble()).ToArray()));
}
