using System.Numerics;
using AutoGradMf.Data;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Samples that were drawn at random are drawn anew for each epoch.</summary>
public sealed class RandomSamplesTests
{
    private static readonly PreferenceTriples Triples = new(RandomPattern(), seed: 5);

    /// <summary>Epoch after epoch as many objectives, each with one round's samples as if they had been given.</summary>
    [Fact]
    public void An_epoch_goes_through_the_samples_of_its_round()
    {
        var objective = new PreferenceSamples<double>(Triples.Users, Triples.Rated, Triples.Unrated);
        var (found, expected) = (new Parameters<double>(objective.Layout), objective.Start());
        var epochs = Epochs(objective, objective.Start(), threads: 2);
        foreach (var epoch in (int[])[0, 1, 5, 5, 2])
        {
            epochs.Run(epoch, new(0.05, 0, IsAdaptive: false));
            epochs.Factors.Store(found);

            var fix = new IndexVector(Triples.Unrated.Redrawn(epoch).Values.ToArray());
            var given = Epochs(new PreferenceSamples<double>(Triples.Users, Triples.Rated, fix), expected, threads: 1);
            given.Run(epoch, new(0.05, 0, IsAdaptive: false));
            given.Factors.Store(expected);
            Assert.Equal(expected.Values.ToArray(), found.Values.ToArray());
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var expected = Reached<float>(threads: 1);
        Assert.All(expected, number => Assert.True(float.IsFinite(number)));
        Assert.Equal(expected, Reached<float>(threads: 2));
        Assert.Equal(expected, Reached<float>(threads: 3));
    }

    /// <summary>Rows that a round does not read have their regularizers in it, and the others shares of theirs that add up to one.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void Shares_and_unread_rows_are_those_of_the_round(int first)
    {
        const int movies = PreferenceSamples<double>.Movies;
        var users = new IndexVector(Triples.Users.Values[..movies].ToArray());
        var unrated = new IndexVector(new UnratedColumns(RandomPattern(), users), seed: 1);
        var samples = new SampleSet<double>([SamplePlace.Of(users, PreferenceSamples<double>.Users, 0), SamplePlace.Of(unrated, movies, 1)]);
        var drawn = SampleSet<double>.Redrawn([samples, samples.Unread(place: 1), samples.Unread(place: 0)], first);
        Redraw(drawn, first, round: 4);

        var rows = unrated.Redrawn(4).Values.ToArray();
        var reads = rows.CountBy(row => row).ToDictionary();
        Assert.Equal(rows, drawn[0].Places[1].Rows.ToArray());
        Assert.Equal(Enumerable.Range(0, movies).Select(row => reads.TryGetValue(row, out var count) ? 1.0 / count : 0), drawn[0].Shares(1).ToArray());
        Assert.Equal(Enumerable.Range(0, movies).Except(rows), drawn[1].Places[0].Rows.ToArray());
        Assert.Equal(samples.Unread(place: 0).Places[0].Rows.ToArray(), drawn[2].Places[0].Rows.ToArray());
        Assert.NotEqual(samples.Unread(place: 1).Places[0].Rows.ToArray(), drawn[1].Places[0].Rows.ToArray());
    }

    /// <summary>Of two kinds of samples one is drawn: the other keeps its rows, and both have shares of what the round reads.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void Shares_of_samples_of_two_kinds_are_those_of_the_round(int first)
    {
        const int movies = PreferenceSamples<double>.Movies;
        var users = new IndexVector(Triples.Users.Values[..movies].ToArray());
        var unrated = new IndexVector(new UnratedColumns(RandomPattern(), users), seed: 1);
        var rated = new SampleSet<double>([SamplePlace.Of(new(2, 2, 7), movies, 1)]);
        var together = SampleSet<double>.Together(rated, new([SamplePlace.Of(unrated, movies, 1)]));
        var drawn = SampleSet<double>.Redrawn([.. together, together[0].Unread(place: 0)], first);
        Redraw(drawn, first, round: 4);

        int[] rows = [2, 2, 7, .. unrated.Redrawn(4).Values];
        var reads = rows.CountBy(row => row).ToDictionary();
        var shares = Enumerable.Range(0, movies).Select(row => reads.TryGetValue(row, out var count) ? 1.0 / count : 0).ToList();
        Assert.Equal(rows[..3], drawn[0].Places[0].Rows.ToArray());
        Assert.Equal(rows[3..], drawn[1].Places[0].Rows.ToArray());
        Assert.Equal(shares, drawn[0].Shares(0).ToArray());
        Assert.Equal(shares, drawn[1].Shares(0).ToArray());
        Assert.Equal(Enumerable.Range(0, movies).Except(rows), drawn[2].Places[0].Rows.ToArray());
        Assert.Equal(0, drawn[0].InPlaceOfNone().Count);
    }

    [Fact]
    public void An_entity_has_as_many_rows_in_each_place()
    {
        var error = Assert.Throws<ArgumentException>(() => SampleSet<double>.Together(
            new([SamplePlace.Of(new(2), 3, entity: 1)]), new([SamplePlace.Of(new(4), 5, entity: 1)])));
        Assert.Equal("Entity 1 has 3 rows in one place and 5 in another.", error.Message);
    }

    [Fact]
    public void A_draw_that_names_no_row_is_refused()
    {
        var objective = new PreferenceSamples<double>(new(0), new(0), new(new OnceRight(), seed: 1));
        var epochs = Epochs(objective, objective.Start(), threads: 1);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => epochs.Run(1, new(0.1, 0, true)));
        Assert.Contains($"Number 0 of the index is {PreferenceSamples<double>.Movies}", error.Message);
    }

    [Fact]
    public void Bounds_are_refused()
    {
        var objective = new PreferenceSamples<double>(Triples.Users, Triples.Rated, Triples.Unrated, least: 0);

        var refusal = Assert.Throws<ArgumentException>(() => new StochasticGradient<double>().Minimize(objective, objective.Start()));
        Assert.StartsWith("stochastic gradient keeps no bounds, and V has some; take BoundedLimitedMemoryBfgs", refusal.Message);
    }

    /// <summary>Draws another round into the sets, if they are of another one.</summary>
    private static void Redraw(IReadOnlyList<SampleSet<double>> sets, int first, int round)
    {
        foreach (var set in first == round ? [] : sets)
        {
            set.Redraw(round);
        }
    }

    private static TElement[] Reached<TElement>(int threads)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = new PreferenceSamples<TElement>(Triples.Users, Triples.Rated, Triples.Unrated);
        var epochs = Epochs(objective, objective.Start(), threads);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            epochs.Run(epoch, new(0.05, 0.5, IsAdaptive: true));
        }

        var reached = new Parameters<TElement>(objective.Layout);
        epochs.Factors.Store(reached);
        return reached.Values.ToArray();
    }

    private static SampleEpochs<TElement> Epochs<TElement>(TestSamples<TElement> objective, Parameters<TElement> start, int threads)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var epochs = new SampleEpochs<TElement>(objective, new Workers(threads), seed: 3, remembersGradients: true);
        epochs.Factors.Load(start);
        return epochs;
    }

    /// <summary>Enough ratings for a grid of several blocks.</summary>
    private static SparsePattern RandomPattern()
    {
        var random = new Random(7);
        var entries =
            from user in Enumerable.Range(0, PreferenceSamples<double>.Users)
            from movie in Enumerable.Range(0, PreferenceSamples<double>.Movies)
            where random.NextDouble() < 0.2
            select (user, movie, 1.0);
        return SparseMatrix<double>.FromCoordinates(PreferenceSamples<double>.Users, PreferenceSamples<double>.Movies, entries.ToArray()).Pattern;
    }

    /// <summary>The first draw is a row, and later ones are not.</summary>
    private sealed class OnceRight : IRandomRows
    {
        private int _draws;

        public int Length => 1;

        public void Draw(Span<int> rows, int seed) => rows[0] = _draws++ == 0 ? 0 : PreferenceSamples<double>.Movies;
    }
}
