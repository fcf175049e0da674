using AutoGradMf.Evaluation;
using AutoGradMf.Models;
using AutoGradMf.Tests.Models;
using Xunit;

namespace AutoGradMf.Tests.Evaluation;

public sealed class RankingMetricTests
{
    private static readonly TableModel Model = new(new double[,] { { 5, 4, 3, 2, 1 }, { 1, 2, 3, 4, 5 }, { 1, 1, 1, 1, 1 } });

    // The lists of two are (1, 2), (3, 2) and none: the last row has nothing to find.
    private static readonly SparsePattern Seen = Pattern((0, 0), (1, 4), (2, 0));
    private static readonly SparsePattern Relevant = Pattern((0, 1), (0, 4), (1, 2));

    [Fact]
    public void Recall_is_the_mean_share_that_is_in_the_list()
    {
        Assert.Equal((0.5 + 0) / 2, Recall.Of(Model, Relevant, Seen, 1), 1e-15);
        Assert.Equal((0.5 + 1) / 2, Recall.Of(Model, Relevant, Seen, 2), 1e-15);
        Assert.Equal(1, Recall.Of(Model, Relevant, Seen, 20), 1e-15);
    }

    /// <summary>1/log₂ 3 = 0.63092975357, 1/log₂ 5 = 0.43067655807.</summary>
    [Fact]
    public void Gain_is_discounted_by_the_place_and_relative_to_the_best_list()
    {
        Assert.Equal((1 + 0) / 2.0, NormalizedDiscountedCumulativeGain.Of(Model, Relevant, Seen, 1), 1e-15);
        Assert.Equal(((1 / 1.63092975357) + 0.63092975357) / 2, NormalizedDiscountedCumulativeGain.Of(Model, Relevant, Seen, 2), 1e-10);
        Assert.Equal((((1 + 0.43067655807) / 1.63092975357) + 0.63092975357) / 2, NormalizedDiscountedCumulativeGain.Of(Model, Relevant, Seen, 5), 1e-10);
    }

    [Fact]
    public void Popularity_ranks_by_the_number_of_ratings_and_then_by_column()
    {
        var ratings = Pattern((0, 1), (0, 3), (1, 3), (2, 3), (2, 4), (1, 4), (2, 2));
        var popularity = new Popularity(ratings);

        Assert.Equal((3, 5), (popularity.Rows, popularity.Columns));
        Assert.Equal([new(3, 3), new(4, 2), new(1, 1), new(2, 1), new(0, 0)], TopN.Recommend(popularity, row: 1, count: 9));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => popularity.Predict(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>("column", () => popularity.Predict(0, 5));
    }

    [Fact]
    public void What_cannot_be_ranked_is_refused()
    {
        var shape = Assert.Throws<ArgumentException>("relevant", () => Recall.Of(Model, Relevant.T, Seen, 1));
        var leak = Assert.Throws<ArgumentException>("seen", () => Recall.Of(Model, Relevant, Pattern((1, 2)), 1));

        Assert.Contains("ranks 5 columns for 3 rows, and the pattern is 5×3", shape.Message);
        Assert.StartsWith("Column 2 is both relevant for row 1 and seen by it", leak.Message);
        Assert.Throws<ArgumentException>("seen", () => Recall.Of(Model, Relevant, Seen.T, 1));
        Assert.Throws<ArgumentException>("relevant", () => NormalizedDiscountedCumulativeGain.Of(Model, Pattern(), Seen, 1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Recall.Of(Model, Relevant, Seen, 0));
    }

    private static SparsePattern Pattern(params (int Row, int Column)[] entries) =>
        SparseMatrix<double>.FromCoordinates(3, 5, [.. entries.Select(entry => (entry.Row, entry.Column, 1.0))]).Pattern;
}
