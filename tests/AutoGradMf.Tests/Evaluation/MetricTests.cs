using AutoGradMf.Evaluation;
using AutoGradMf.Tests.Models;
using Xunit;

namespace AutoGradMf.Tests.Evaluation;

public sealed class MetricTests
{
    private static readonly TableModel Model = new(new[,] { { 3.0, 9, 7 }, { 1, 2, 4 } });

    // Ratings 5 at (0, 0), 4 at (0, 2), 0.5 at (1, 1): errors −2, 3, 1.5.
    private static readonly SparsePattern Pattern = new(2, 3, [0, 2, 3], [0, 2, 1]);

    [Fact]
    public void Errors_are_means_over_stored_ratings()
    {
        var test = new SparseMatrix<double>(Pattern, [5, 4, 0.5]);

        Assert.Equal(Math.Sqrt((4 + 9 + 2.25) / 3), RootMeanSquareError.Of(Model, test), 1e-15);
        Assert.Equal(6.5 / 3, MeanAbsoluteError.Of(Model, test), 1e-15);
    }

    [Fact]
    public void Predictions_are_clipped_to_the_range_of_ratings()
    {
        var test = new SparseMatrix<float>(Pattern, [5, 4, 0.5f]);
        var range = new RatingRange(0.5, 5);

        Assert.Equal(Math.Sqrt((4 + 1 + 2.25) / 3), RootMeanSquareError.Of(Model, test, range), 1e-15);
        Assert.Equal(4.5 / 3, MeanAbsoluteError.Of(Model, test, range), 1e-15);
    }

    [Fact]
    public void Other_shapes_are_refused_with_both()
    {
        var test = new SparseMatrix<double>(new(3, 2, [0, 0, 0, 1], [0]), [1]);

        var exception = Assert.Throws<ArgumentException>("test", () => RootMeanSquareError.Of(Model, test));

        Assert.Contains("predicts 2×3 ratings, and the test ratings are 3×2", exception.Message);
    }

    [Fact]
    public void The_error_of_nothing_is_refused() =>
        Assert.Throws<ArgumentException>("test", () => MeanAbsoluteError.Of(Model, new SparseMatrix<double>(new(2, 3, [0, 0, 0], []), [])));

    [Theory]
    [InlineData(5, 1)]
    [InlineData(double.NaN, 1)]
    public void A_range_that_is_none_is_refused(double minimum, double maximum) =>
        Assert.Throws<ArgumentException>(nameof(minimum), () => new RatingRange(minimum, maximum));
}
