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
    public void A_rating_of_zero_is_a_rating() =>
        Assert.Equal([0.0], RatingSet.From([new(1, 2, 0, 0)], []).Matrix.Values.ToArray());
}
