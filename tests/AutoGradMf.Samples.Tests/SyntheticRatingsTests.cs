using AutoGradMf.Data;
using AutoGradMf.Samples.MovieLens.Synthetic;
using Xunit;

namespace AutoGradMf.Samples.Tests;

public sealed class SyntheticRatingsTests
{
    private static readonly RatingSet Ratings = SyntheticRatings.Create(seed: 1);

    [Fact]
    public void There_are_two_thousand_users_three_thousand_movies_and_about_two_hundred_thousand_ratings()
    {
        Assert.Equal((SyntheticRatings.UserCount, SyntheticRatings.MovieCount), (Ratings.Matrix.Rows, Ratings.Matrix.Columns));
        Assert.InRange(Ratings.Matrix.Count, 180_000, 220_000);
    }

    [Fact]
    public void Ratings_are_half_stars()
    {
        var values = Ratings.Matrix.Values.ToArray();

        Assert.All(values.Distinct(), value => Assert.Equal(Math.Round(2 * value), 2 * value));
        Assert.Equal((0.5, 5.0), (values.Min(), values.Max()));
        Assert.InRange(values.Average(), 3.3, 3.7);
    }

    [Fact]
    public void Activity_and_popularity_have_long_tails()
    {
        var pattern = Ratings.Matrix.Pattern;
        var byUser = Counts(pattern.RowPointers);
        var byMovie = Counts(pattern.ColumnPointers);

        Assert.Equal(SyntheticRatings.FewestByUser, byUser[0]);
        Assert.True(byUser[^1] > 10 * byUser[byUser.Length / 2], $"most {byUser[^1]}, median {byUser[byUser.Length / 2]}");
        Assert.True(byMovie[^1] > 10 * byMovie[byMovie.Length / 2], $"most {byMovie[^1]}, median {byMovie[byMovie.Length / 2]}");
    }

    [Fact]
    public void Titles_are_distinct_and_end_with_a_year()
    {
        var titles = Enumerable.Range(0, Ratings.Matrix.Columns).Select(Ratings.TitleOf).ToArray();

        Assert.Equal(titles.Length, titles.Distinct().Count());
        Assert.All(titles, title => Assert.Matches(@"^[A-Z].* \((19|20)\d\d\)$", title));
    }

    [Fact]
    public void A_seed_gives_one_set_and_another_seed_another()
    {
        var again = SyntheticRatings.Create(seed: 1);

        Assert.Equal(Ratings.Matrix.Pattern.ColumnIndices, again.Matrix.Pattern.ColumnIndices);
        Assert.Equal(Ratings.Matrix.Values, again.Matrix.Values);
        Assert.Equal(Ratings.TitleOf(7), again.TitleOf(7));
        Assert.NotEqual(Ratings.Matrix.Values.ToArray(), SyntheticRatings.Create(seed: 2).Matrix.Values.ToArray());
    }

    private static long[] Counts(ReadOnlySpan<long> pointers)
    {
        var counts = new long[pointers.Length - 1];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = pointers[i + 1] - pointers[i];
        }

        Array.Sort(counts);
        return counts;
    }
}
