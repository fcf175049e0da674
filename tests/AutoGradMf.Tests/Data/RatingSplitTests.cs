using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

public sealed class RatingSplitTests
{
    private static readonly SparseMatrix<double> Ratings = RatingSet.From(
        [.. from user in Enumerable.Range(0, 40) from movie in Enumerable.Range(0, 25) where (user * movie) % 3 != 1 select new Rating(user, movie, (25 * user) + movie, 0)],
        []).Matrix;

    [Fact]
    public void Every_rating_is_in_exactly_one_part_and_the_shape_stays()
    {
        var split = RatingSplit.Sample(Ratings, 0.2, seed: 1);

        Assert.Equal((Ratings.Rows, Ratings.Columns), (split.Train.Rows, split.Train.Columns));
        Assert.Equal((Ratings.Rows, Ratings.Columns), (split.Test.Rows, split.Test.Columns));
        Assert.Equal(Entries(Ratings), Entries(split.Train).Concat(Entries(split.Test)).Order());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void The_test_part_is_the_nearest_whole_number_of_ratings(double fraction) =>
        Assert.Equal((int)Math.Round(fraction * Ratings.Count), RatingSplit.Sample(Ratings, fraction, seed: 1).Test.Count);

    [Fact]
    public void A_seed_gives_one_split_on_every_machine()
    {
        var test = RatingSplit.Sample(Ratings, 0.01, seed: 42).Test;

        Assert.Equal([43.0, 89, 92, 224, 375, 429, 487, 816], Entries(test).Select(entry => entry.Value));
        Assert.NotEqual(Entries(test), Entries(RatingSplit.Sample(Ratings, 0.01, seed: 43).Test));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_fraction_must_leave_something_on_both_sides(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RatingSplit.Sample(Ratings, fraction, seed: 1));

    private static IEnumerable<(int Row, int Column, double Value)> Entries(SparseMatrix<double> matrix)
    {
        for (var i = 0; i < matrix.Rows; i++)
        {
            for (var e = (int)matrix.Pattern.RowPointers[i]; e < matrix.Pattern.RowPointers[i + 1]; e++)
            {
                yield return (i, matrix.Pattern.ColumnIndices[e], matrix.Values[e]);
            }
        }
    }
}
