using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Checks that hold for the random values that every run draws, and compares values of expressions.</summary>
internal static class PropertyCheck
{
    private const int Count = 400;
    private const double Tolerance = 1e-12;

    /// <summary>The order of the indices of random expressions.</summary>
    public static IReadOnlyList<Index> Order => RandomExpression.Indices;

    public static void ForAll<T>(Gen<T> values, Action<T> check)
    {
        var random = PCG.Parse("0000000000000");
        for (var i = 0; i < Count; i++)
        {
            check(values.Generate(random, null, out _));
        }
    }

    /// <summary>Near in units of the magnitudes of the first; one of them may have cancelled terms that the other one has.</summary>
    public static void AssertSame(Number[] right, Number[] actual)
    {
        Assert.Equal(right.Length, actual.Length);
        for (var place = 0; place < right.Length; place++)
        {
            var magnitude = Math.Max(right[place].Magnitude, actual[place].Magnitude);
            Assert.True(
                Math.Abs(right[place].Value - actual[place].Value) <= Tolerance * magnitude,
                $"{actual[place].Value} and not {right[place].Value} at place {place}");
        }
    }
}
