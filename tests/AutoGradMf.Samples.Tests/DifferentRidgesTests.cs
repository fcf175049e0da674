using AutoGradMf.Initialization;
using AutoGradMf.Optimizers;
using AutoGradMf.Samples.MovieLens.Optimum;
using AutoGradMf.Samples.MovieLens.Steps;
using AutoGradMf.Samples.MovieLens.Synthetic;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Samples.Tests;

/// <summary>
/// Ridges a and b of the two factors have the optimum of two ridges √(a b), since √a U and √b M are balanced there: a fit by the defaults reaches it, however
/// far apart they are.
/// </summary>
public sealed class DifferentRidgesTests
{
    private const int Rank = 6;
    private const double LargestGap = 1e-9;

    private static readonly SparseMatrix<double> Ratings = RatingBlock.Cut(SyntheticRatings.Create(seed: 1).Matrix, users: 60, movies: 200, seed: 1);

    public static TheoryData<double, double> Ridges => new() { { 1, 1 }, { 1, 4 }, { 10, 0.1 }, { 1e-4, 1e3 }, { 2e3, 5e-4 } };

    [Theory]
    [MemberData(nameof(Ridges))]
    public void A_filled_loss_reaches_its_optimum(double a, double b) =>
        RequireOptimum(Optimum(Math.Sqrt(a * b), Rank), new RidgeLosses.FilledTrainer<double>(Ratings, a, b, Rank).Fit());

    [Theory]
    [MemberData(nameof(Ridges))]
    public void A_masked_loss_reaches_that_of_equal_ridges(double a, double b)
    {
        var both = Math.Sqrt(a * b);
        var toTheEnd = new StoppingCriteria { MaxIterations = 5000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-11 };
        var equal = new RidgeLosses.MaskedTrainer<double>(Ratings, both, both, Rank).Fit(new() { Stopping = toTheEnd });
        RequireOptimum(equal.Objective, new RidgeLosses.MaskedTrainer<double>(Ratings, a, b, Rank).Fit(new() { Stopping = toTheEnd }));
    }

    [Fact]
    public void Ridges_of_means_are_by_the_sizes()
    {
        const double reg = 500;
        var (a, b) = (2 * reg / (Ratings.Rows * Rank), 2 * reg / (Ratings.Columns * Rank));
        RequireOptimum(Optimum(Math.Sqrt(a * b), Rank), new RidgeLosses.MeansTrainer<double>(Ratings, reg, Rank).Fit());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(-0.5, 2, 0.1)]
    public void An_outer_product_of_vectors_reaches_its_optimum(double scale, double a, double b)
    {
        RequireOptimum(Optimum(Math.Sqrt(a * b) / Math.Abs(scale), 1), new RidgeLosses.OuterTrainer<double>(Ratings, scale, a, b).Fit());
        RequireOptimum(Optimum(Math.Sqrt(a * b), 1), new RidgeLosses.OuterOfRowTrainer<double>(Ratings, a, b).Fit());
    }

    /// <summary>Then each number is a singular value, of which a start of rank k holds k: the other rows must not begin at the saddle point at zero.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    public void Rows_that_meet_only_each_other_all_reach_their_optimum(double reg)
    {
        const int rank = 3;
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 40).Select(_ => (4 * random.NextDouble()) - 2).ToArray();
        var optimum = numbers.Select(Math.Abs).Sum(y => y > reg ? (reg * y) - (reg * reg / 2) : y * y / 2);

        RequireOptimum(optimum, new RidgeLosses.PairedTrainer<double>(new ColumnVector<double>(numbers), reg, rank).Fit());
    }

    [Fact]
    public void Ridges_that_are_both_zero_reach_the_optimum_without() =>
        RequireOptimum(Optimum(0, Rank), new RidgeLosses.FilledTrainer<double>(Ratings, 0, 0, Rank).Fit());

    /// <summary>There is no best pair then: the ridge tends to zero as the factor that has one shrinks while the other one grows, and the optimum without is the infimum.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 1e4)]
    [InlineData(1e4, 0)]
    public void One_ridge_that_is_zero_reaches_the_infimum(double a, double b)
    {
        RequireOptimum(Optimum(0, Rank), new RidgeLosses.FilledTrainer<double>(Ratings, a, b, Rank).Fit());
        RequireOptimum(
            Optimum(0, Rank),
            new RidgeLosses.FilledTrainer<double>(Ratings, a, b, Rank).Fit(new() { Initialization = new NormalInitialization<double>() }));
        if (a == 0)
        {
            RequireOptimum(Optimum(0, Rank), new RidgeLosses.FilledOfRightTrainer<double>(Ratings, b, Rank).Fit());
        }
        else
        {
            RequireOptimum(Optimum(0, Rank), new RidgeLosses.FilledOfLeftTrainer<double>(Ratings, a, Rank).Fit());
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e4, 0)]
    public void One_ridge_that_is_zero_overflows_no_float(double a, double b)
    {
        const double scale = 1e12;
        var large = new SparseMatrix<float>(Ratings.Pattern, [.. Ratings.Values.ToArray().Select(r => (float)(scale * r))]);
        var result = new RidgeLosses.FilledTrainer<float>(large, a, b, Rank).Fit();
        var (model, gap) = (result.Model, (result.Objective / scale / scale / Optimum(0, Rank)) - 1);
        Assert.InRange(gap, -1e-5, 1e-5);
        Assert.All(new[] { model.U, model.M }.SelectMany(factor => factor.Span.ToArray()), value => Assert.InRange(Math.Abs(value), 0, 1e18f));
    }

    /// <summary>
    /// The infimum of a masked loss is not known, but that nothing is left of the ridge there is. Without one, descent leads some predictions of what was not observed, and with
    /// them that share of the ridge, to infinity, if it goes on for long.
    /// </summary>
    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    public void One_ridge_that_is_zero_leaves_no_ridge_in_a_masked_loss(double a, double b)
    {
        var result = new RidgeLosses.MaskedTrainer<double>(Ratings, a, b, rank: 2).Fit(new() { Stopping = new() { MaxIterations = 100 } });
        var ridge = (a / 2 * Square(result.Model.U)) + (b / 2 * Square(result.Model.M));
        Assert.InRange(ridge, 0, LargestGap * result.Objective);

        static double Square(Matrix<double> factor) => factor.Span.ToArray().Sum(value => value * value);
    }

    private static double Optimum(double reg, int rank) => ClassicOptimum.Of(Ratings, reg, rank, CancellationToken.None);

    private static void RequireOptimum<TModel>(double optimum, TrainingResult<TModel> result) => Assert.True(
        Math.Abs(result.Objective - optimum) < LargestGap * optimum,
        $"It is {result.Objective:R} after {result.Iterations} iterations ({result.Reason}), and the optimum {optimum:R}.");
}
