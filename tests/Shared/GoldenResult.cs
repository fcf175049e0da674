using System.Text.Json;

namespace AutoGradMf.TestLosses;

/// <summary>What autograd found: the loss, and its gradient in each of its factors, row after row.</summary>
public sealed record GoldenResult(double Value, IReadOnlyDictionary<string, double[]> Gradient)
{
    internal static GoldenResult Read(JsonElement json) => new(
        json.GetProperty("value").GetDouble(),
        json.GetProperty("gradient").EnumerateObject().ToDictionary(
            factor => factor.Name,
            factor => factor.Value.EnumerateArray().Select(number => number.GetDouble()).ToArray()));
}
