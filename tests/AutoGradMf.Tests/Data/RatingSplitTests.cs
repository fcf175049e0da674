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

    [Fact]
    public void The_last_ratings_of_each_user_are_left_out()
    {
        var set = RatingSet.From(
            [
                new(1, 10, 1, 40), new(1, 11, 2, 20), new(1, 12, 3, 30), new(1, 13, 4, 10), new(2, 10, 5, 7), new(2, 12, 6, 7), new(2, 13, 7, 7),
                new(3, 10, 8, 1), new(3, 11, 9, 2),
            ],
            []);

        var split = RatingSplit.LeaveLastOut(set.Matrix, set.Times, 2);

        // Of equal times the higher columns are later; the third user has no more than two.
        Assert.Equal([(0, 0, 1.0), (0, 2, 3.0), (1, 2, 6.0), (1, 3, 7.0)], Entries(split.Test));
        Assert.Equal([(0, 1, 2.0), (0, 3, 4.0), (1, 0, 5.0), (2, 0, 8.0), (2, 1, 9.0)], Entries(split.Train));
        Assert.Throws<ArgumentException>("times", () => RatingSplit.LeaveLastOut(set.Matrix, split.Test, 2));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => RatingSplit.LeaveLastOut(set.Matrix, set.Times, 0));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 4, 0)]
    [InlineData(1, 1, 1)]
    public void Few_ratings_and_none_are_cut_too(int users, int movies, int count)
    {
        var ratings = SparseMatrix<double>.FromCoordinates(users, movies, [.. Enumerable.Range(0, count).Select(e => (e, e, 3.0))]);

        var (sampled, last) = (RatingSplit.Sample(ratings, 0.2, seed: 1), RatingSplit.LeaveLastOut(ratings, ratings, 1));

        Assert.All([sampled, last], split =>
        {
            Assert.Equal((users, movies, count), (split.Train.Rows, split.Train.Columns, split.Train.Count));
            Assert.Equal((users, movies, 0), (split.Test.Rows, split.Test.Columns, split.Test.Count));
        });
    }

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
