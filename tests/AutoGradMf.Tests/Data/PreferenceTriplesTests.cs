using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

public sealed class PreferenceTriplesTests
{
    // Users have rated movies 1, 2, 5; none; 0, 7; all but 3.
    private static readonly SparsePattern Ratings = new(4, 8, [0, 3, 3, 5, 12], [1, 2, 5, 0, 7, 0, 1, 2, 4, 5, 6, 7]);

    [Fact]
    public void Each_rating_has_its_triples()
    {
        var triples = new PreferenceTriples(Ratings, seed: 1, perRating: 2);

        Assert.Equal([0, 0, 0, 0, 0, 0, 2, 2, 2, 2], triples.Users.Values[..10].ToArray());
        Assert.Equal([1, 1, 2, 2, 5, 5, 0, 0, 7, 7], triples.Rated.Values[..10].ToArray());
        Assert.Equal((24, 24, 24), (triples.Users.Length, triples.Rated.Length, triples.Unrated.Length));
        Assert.Equal((false, false, true), (triples.Users.IsRandom, triples.Rated.IsRandom, triples.Unrated.IsRandom));
    }

    /// <summary>Of 12,000 draws of one in five, 2,400 are expected, and 250 are more than five standard deviations.</summary>
    [Fact]
    public void Every_movie_that_a_user_has_not_rated_is_equally_likely_in_every_round()
    {
        var triples = new PreferenceTriples(Ratings, seed: 1, perRating: 1000);
        var drawn = Enumerable.Range(0, 4).SelectMany(round => triples.Unrated.Redrawn(round).Values.ToArray().Zip(triples.Users.Values.ToArray()))
            .CountBy(draw => draw).ToDictionary();

        Assert.Equal([0, 3, 4, 6, 7], drawn.Keys.Where(draw => draw.Second == 0).Select(draw => draw.First).Order());
        Assert.Equal([1, 2, 3, 4, 5, 6], drawn.Keys.Where(draw => draw.Second == 2).Select(draw => draw.First).Order());
        Assert.All(drawn.Where(draw => draw.Key.Second == 0), draw => Assert.InRange(draw.Value, 2150, 2650));
        Assert.Equal(4 * 7000, drawn[(3, 3)]);
    }

    [Fact]
    public void A_user_who_has_rated_everything_is_named()
    {
        var error = Assert.Throws<ArgumentException>("users", () => new PreferenceTriples(new SparsePattern(2, 2, [0, 1, 3], [0, 0, 1]), seed: 1));

        Assert.StartsWith("User 1 has rated all 2 movies", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnratedColumns(Ratings, new IndexVector(4)));
        Assert.Throws<ArgumentOutOfRangeException>("perRating", () => new PreferenceTriples(Ratings, seed: 1, perRating: 0));
    }
}
