namespace AutoGradMf.Data;

/// <summary>
/// Triples of a user, a movie that the user has rated and one that the user has not: what losses of pairs such as Bayesian personalised
/// ranking sum over (Rendle, Freudenthaler, Gantner &amp; Schmidt-Thieme, UAI 2009). Immutable.
/// </summary>
public sealed class PreferenceTriples
{
    /// <summary>Triples of all ratings.</summary>
    /// <param name="ratings">Which of the n movies each of the m users has rated; none has rated all.</param>
    /// <param name="seed">Equal seeds give equal unrated movies.</param>
    /// <param name="perRating">How many triples there are of each rating.</param>
    /// <exception cref="ArgumentException">A user has rated every movie.</exception>
    public PreferenceTriples(SparsePattern ratings, int seed, int perRating = 1)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentOutOfRangeException.ThrowIfLessThan(perRating, 1);
        var entries = ratings.Entries.SelectMany(entry => Enumerable.Repeat(entry, perRating)).ToList();
        Users = new([.. entries.Select(entry => entry.Row)]);
        Rated = new([.. entries.Select(entry => entry.Column)]);
        Unrated = new(new UnratedColumns(ratings, Users), seed);
    }

    /// <summary>The user of each triple.</summary>
    public IndexVector Users { get; }

    /// <summary>The movie that the user has rated.</summary>
    public IndexVector Rated { get; }

    /// <summary>A movie that the user has not rated, at random: stochastic gradient draws others each epoch.</summary>
    public IndexVector Unrated { get; }
}
