using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Sums are accumulated in double for float factors too. The numbers are small multiples of powers of 2, so that each term is exact in
/// float and its sums are exact in double, but would not be in float: both element types must agree to the last bit.
/// </summary>
public class SumsInDoubleTests
{
    [Theory]
    [InlineData("SquaredError.Sparse")]
    [InlineData("SquaredError.Ridged")]
    [InlineData("SquaredError.Masked")]
    [InlineData("SquaredError.Biased")]
    [InlineData("SquaredError.CountWeighted")]
    [InlineData("SquaredError.Weighted")]
    [InlineData("SquaredError.Implicit")]
    [InlineData("SquaredError.ThreeFactors")]
    [InlineData("SquaredError.GraphPenalty")]
    [InlineData("AllPairs.Collective")]
    [InlineData("AllPairs.Symmetric")]
    [InlineData("AllPairs.Biased")]
    public void Values_and_gradients_of_exact_terms_are_those_of_double(string loss)
    {
        const int users = 3000, movies = 2000, rank = 4, entries = 400_000;
        var narrow = new SyntheticPoint<float>(users, movies, rank, entries).Objective(loss);
        var wide = new SyntheticPoint<double>(users, movies, rank, entries).Objective(loss);
        var (at, wideAt) = (Quarters(narrow), new Parameters<double>(wide.Layout));
        Widen(at, wideAt);
        var (gradient, wideGradient) = (new Parameters<float>(narrow.Layout), new Parameters<double>(wide.Layout));

        var expected = wide.ValueAndGradient(wideAt, wideGradient, wide.CreateWorkspace());
        Assert.NotEqual(expected, (float)expected);
        Assert.Equal(expected, narrow.ValueAndGradient(at, gradient, narrow.CreateWorkspace()));
        Assert.Equal(expected, narrow.Value(at, narrow.CreateWorkspace()));
        Assert.Equal(wideGradient.Values.ToArray().Select(g => (float)g), gradient.Values.ToArray());
    }

    [Fact]
    public void A_gram_matrix_of_float_factors_is_that_of_double()
    {
        var narrow = new SyntheticPoint<float>(20_000, 1, 8, 1).Objective("SquaredError.Orthonormal");
        var wide = new SyntheticPoint<double>(20_000, 1, 8, 1).Objective("SquaredError.Orthonormal");
        var (at, wideAt) = (SyntheticPoint<float>.Start(narrow), new Parameters<double>(wide.Layout));
        Widen(at, wideAt);
        var expected = wide.Value(wideAt, wide.CreateWorkspace());
        Assert.Equal(expected, narrow.Value(at, narrow.CreateWorkspace()), 1e-14 * expected);
    }

    private static Parameters<float> Quarters(IObjective<float> objective)
    {
        var at = SyntheticPoint<float>.Start(objective);
        foreach (ref var number in at.Values)
        {
            number = MathF.Round(4 * number) / 4;
        }

        return at;
    }

    private static void Widen(Parameters<float> from, Parameters<double> to)
    {
        for (var p = 0; p < from.Values.Length; p++)
        {
            to.Values[p] = from.Values[p];
        }
    }
}
