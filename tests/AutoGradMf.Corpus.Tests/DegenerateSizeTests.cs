using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Sizes at the edge: training ends well, or says what it misses.</summary>
public class DegenerateSizeTests
{
    private static readonly (int M, int N, (int, int, double)[] Entries)[] Ratings =
    [
        (1, 1, [(0, 0, 3)]), (1, 1, []), (1, 4, [(0, 1, 3), (0, 3, 1)]), (4, 1, [(1, 0, 3), (3, 0, 1)]), (3, 4, []), (3, 4, [(1, 2, 4)]), (0, 4, []), (4, 0, []),
    ];

    private static readonly string[] Losses =
    [
        "SquaredError.Masked", "SquaredError.Biased", "SquaredError.Filled", "SquaredError.Implicit", "SquaredError.Sparse", "Counts.Poisson", "Regularizers.ElasticNet",
        "Bounded.NonNegative",
    ];

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(Losses);

    /// <summary>One user, one movie, no entries, users and movies without ratings, more features than either.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_point_is_reached(string loss, string optimizer)
    {
        foreach (var objective in Objectives(loss))
        {
            RequireFinite(EveryOptimizer.Of<double>()[optimizer], objective, SyntheticPoint<double>.Start(objective));
        }
    }

    [Theory]
    [InlineData("SquaredError.Masked")]
    [InlineData("SquaredError.Biased")]
    [InlineData("SquaredError.Filled")]
    [InlineData("SquaredError.Implicit")]
    public void So_it_is_from_the_default_start(string loss)
    {
        foreach (var objective in Objectives(loss))
        {
            RequireFinite(new AlternatingNewton<double>(), objective, new TruncatedSvd<double>().Start(objective, 1, Workers.Shared, CancellationToken.None));
        }
    }

    [Fact]
    public void Ratings_without_rows_and_columns_leave_nothing_to_train()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(0, 0, []);

        var byTrainer = Assert.Throws<ArgumentException>(() => new SquaredError.MaskedTrainer<double>(ratings, 0.1, 2).Fit());
        var byOptimizer = Assert.Throws<ArgumentException>(() =>
        {
            var objective = new SquaredError.FilledObjective<double>(ratings, 0.1, 2);
            new LimitedMemoryBfgs<double>().Minimize(objective, new(objective.Layout));
        });

        Assert.All([byTrainer, byOptimizer], error =>
            Assert.StartsWith("There is nothing to train: the factors are U 0×2, V 0×2. Give data with at least one row and one column.", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Features_whose_third_moments_no_array_holds_are_refused()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 1, 3.0)]);
        Assert.Equal(1290, new AllPairs.CubicDivergenceObjective<double>(ratings, 1290).Layout.Factors[0].Columns);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new AllPairs.CubicDivergenceObjective<double>(ratings, 1291));
        Assert.Equal("rank", error.ParamName);
        Assert.StartsWith("The loss is computed by third moments of rows, 1291 · 1291 · 1291 = 2,151,685,171 numbers, of which an array holds 2,147,483,591: take fewer features.", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<IObjective<double>> Objectives(string loss) => Ratings.Select(r =>
    {
        var ratings = SparseMatrix<double>.FromCoordinates(r.M, r.N, r.Entries);
        return GeneratedLoss.Objective<double>(loss, p => p.ParameterType == typeof(double) ? 0.25 : p.ParameterType == typeof(int) ? 3 : ratings);
    });

    private static void RequireFinite(IOptimizer<double> optimizer, IObjective<double> objective, Parameters<double> start)
    {
        var result = optimizer.Minimize(objective, start, new() { MaxIterations = 5 });
        Assert.True(
            double.IsFinite(result.Objective) && result.Objective <= objective.Value(start, objective.CreateWorkspace()),
            $"It is {result.Objective} with {string.Join(", ", objective.Layout.Factors.Select(f => $"{f.Name} {f.Rows}×{f.Columns}"))}.");
    }
}
