using AutoGradMf.Models;
using Xunit;

namespace AutoGradMf.Tests.Models;

public sealed class TopNTests
{
    private static readonly TableModel Model = new(new[,]
    {
        { 1.0, 2, 3, 4, 5, 6 },
        { 4.0, 5, 4, double.NaN, 5, 1 },
    });

    [Fact]
    public void The_highest_predictions_come_first_and_the_lower_column_of_equal_ones() =>
        Assert.Equal([new(1, 5), new(4, 5), new(0, 4), new(2, 4)], TopN.Recommend(Model, 1, 4));

    [Fact]
    public void Of_equal_predictions_the_lower_columns_are_kept() =>
        Assert.Equal([new(1, 5), new(4, 5), new(0, 4)], TopN.Recommend(Model, 1, 3));

    [Fact]
    public void Excluded_columns_are_left_out()
    {
        Recommendation[] expected = [new(4, 5), new(2, 3)];

        Assert.Equal(expected, TopN.Recommend(Model, 0, 2, new HashSet<int> { 5, 3 }));
        Assert.Equal(expected, TopN.Recommend(Model, 0, 2, [3, 5, 5]));
    }

    [Fact]
    public void Not_a_number_ranks_last_and_fewer_are_returned_than_asked_for() =>
        Assert.Equal([1, 4, 0, 2, 5, 3], TopN.Recommend(Model, 1, 100).Select(r => r.Column));

    [Fact]
    public void The_ranking_is_that_of_sorting()
    {
        var random = new Random(4);
        var table = new double[1, 500];
        for (var column = 0; column < 500; column++)
        {
            table[0, column] = random.Next(40);
        }

        var sorted = Enumerable.Range(0, 500).OrderByDescending(column => table[0, column]).ThenBy(column => column).Take(60);

        Assert.Equal(sorted, TopN.Recommend(new TableModel(table), 0, 60).Select(r => r.Column));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("row", () => TopN.Recommend(Model, 2, 1));
        Assert.Contains("There is no row 2 in a 2×6 model.", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => TopN.Recommend(Model, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => TopN.Recommend(Model, 0, 0));
        Assert.Throws<ArgumentNullException>("model", () => TopN.Recommend(null!, 0, 1));
    }
}
