using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Samples of several kinds in one loss: the entries of patterns, and what index vectors name.</summary>
public partial class SampleKindTests
{
    private const int Users = 12, Movies = 9, Rank = 3;

    [Loss]
    internal static double RatingsAndPreferences(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] double mu,
        SparseMatrix<double> R,
        IndexVector user,
        IndexVector rated,
        IndexVector unrated,
        double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + mu - R)) - Sum(LogSigmoid(RowDots(U[user], V[rated] - V[unrated])))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + mu * mu);

    /// <summary>Each has its share of the ridges of rows that both read, of those that one reads, and of the number that all read.</summary>
    [Theory]
    [InlineData(20, 15)]
    [InlineData(3, 0)]
    [InlineData(0, 4)]
    [InlineData(0, 0)]
    public void Gradients_of_samples_add_up_to_the_gradient(int ratings, int preferences)
    {
        var random = new Random(ratings + (100 * preferences));
        var entries = Enumerable.Range(0, Users * Movies).OrderBy(_ => random.Next()).Take(ratings).Select(e => (e / Movies, e % Movies, 1 + random.NextDouble()));
        IndexVector Rows(int count) => new([.. Enumerable.Range(0, preferences).Select(_ => random.Next(count))]);
        var objective = new RatingsAndPreferencesObjective<double>(
            SparseMatrix<double>.FromCoordinates(Users, Movies, entries.ToArray()), Rows(Users), Rows(Movies), Rows(Movies), 0.7, Rank);
        var at = Parameters<double>.Uniform(objective.Layout, -1, 1, seed: 2);
        var (gradient, sum) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        objective.ValueAndGradient(at, gradient, objective.CreateWorkspace());

        Assert.Equal(ratings, objective.Samples[0].Count);
        Assert.Equal(preferences, objective.Samples[1].Count);
        for (var set = 0; set < objective.Samples.Count; set++)
        {
            for (var sample = 0; sample < objective.Samples[set].Count; sample++)
            {
                ReferenceSamples.AddGradient(objective, set, sample, at, sum);
            }
        }

        Assert.All(gradient.Values.ToArray().Zip(sum.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
