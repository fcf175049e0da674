using System.Globalization;
using System.Text.RegularExpressions;
using AutoGradMf.Generators.Symbolics.Costs;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>Reads a cost as the header of a generated file shows it, "2 |R| k + 4 m k²".</summary>
internal static partial class CostText
{
    public static double Evaluate(Polynomial cost, Func<string, int> size) =>
        cost.ToString().Split(" + ").Sum(term => Factors().Matches(term).Aggregate(1.0, (product, factor) => product * Factor(factor.Value, size)));

    /// <summary>A number of stored entries, |R| or |A * R|, or whatever else has no space in it; with its exponent.</summary>
    [GeneratedRegex(@"\|[^|]*\|\S*|\S+")]
    private static partial Regex Factors();

    private static double Factor(string factor, Func<string, int> size)
    {
        if (double.TryParse(factor, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var (name, exponent) = factor[^1] switch
        {
            '²' => (factor[..^1], 2),
            '³' => (factor[..^1], 3),
            _ when factor.Contains('^') => (factor[..factor.IndexOf('^')], int.Parse(factor[(factor.IndexOf('^') + 1)..], CultureInfo.InvariantCulture)),
            _ => (factor, 1),
        };
        return Math.Pow(size(name), exponent);
    }
}
