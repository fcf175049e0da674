using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

public sealed class RatingSetTests
{
    [Fact]
    public void A_pair_that_is_rated_twice_is_refused()
    {
        Rating[] ratings = [new(1, 2, 3, 0), new(1, 4, 3, 0), new(1, 2, 5, 0)];

        var error = Assert.Throws<ArgumentException>(() => RatingSet.From(ratings, []));

        Assert.Contains("entries number 0 and 2", error.Message, StringComparison.Ordinal);
        Assert.Equal([5.0, 3.0], RatingSet.From(ratings, [], DuplicatePolicy.KeepLast).Matrix.Values.ToArray());
    }

    [Fact]
    public void The_time_of_a_rating_is_the_last_at_which_it_was_given()
    {
        Rating[] ratings = [new(1, 2, 3, 1_600_000_001), new(1, 4, 3, 7), new(1, 2, 5, 9), new(0, 4, 1, 8)];

        var set = RatingSet.From(ratings, [], DuplicatePolicy.KeepLast);

        Assert.Same(set.Matrix.Pattern, set.Times.Pattern);
        Assert.Equal([8.0, 1_600_000_001, 7], set.Times.Values.ToArray());
    }

    [Fact]
    public void A_rating_of_zero_is_a_rating() =>
        Assert.Equal([0.0], RatingSet.From([new(1, 2, 0, 0)], []).Matrix.Values.ToArray());
}
