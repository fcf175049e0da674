using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Batches of samples that read no row twice.</summary>
public sealed class SampleBatchesTests
{
    [Theory]
    [InlineData(1000, 900, 700)]
    [InlineData(1000, 30, 20)]
    [InlineData(1000, 1000, 3)]
    [InlineData(50, 1, 50)]
    [InlineData(1, 1, 1)]
    [InlineData(0, 5, 5)]
    public void No_two_samples_of_a_batch_read_the_same_row_and_each_sample_is_in_one(int count, int users, int movies)
    {
        var random = new Random(count + users);
        var (user, movie) = (Drawn(random, count, users), Drawn(random, count, movies));
        var (samples, starts) = (Enumerable.Range(0, count).ToArray(), new List<int>());
        new SampleBatches([SamplePlace.Of(new(user), users, entity: 0), SamplePlace.Of(new(movie), movies, entity: 1)]).Arrange(samples, 7, starts);

        Assert.Equal(Enumerable.Range(0, count), samples.Order());
        foreach (var batch in Batches(samples, starts, 7))
        {
            Assert.InRange(batch.Length, 1, SampleBatches.MostSamples);
            Assert.Equal(batch.Length, batch.Select(s => user[s]).Distinct().Count());
            Assert.Equal(batch.Length, batch.Select(s => movie[s]).Distinct().Count());
        }
    }

    /// <summary>The two movies of a pair are rows of one entity: none of another pair's is among them, in whichever place.</summary>
    [Fact]
    public void Places_of_one_entity_are_looked_at_together()
    {
        var random = new Random(3);
        var (left, right) = (Drawn(random, 400, 90), Drawn(random, 400, 90));
        var (samples, starts) = (Enumerable.Range(0, 400).ToArray(), new List<int>());
        new SampleBatches([SamplePlace.Of(new(left), 90, entity: 1), SamplePlace.Of(new(right), 90, entity: 1)]).Arrange(samples, 0, starts);

        foreach (var batch in Batches(samples, starts, 0))
        {
            var rows = batch.Select(s => new HashSet<int> { left[s], right[s] }).ToList();
            Assert.Equal(rows.Sum(r => r.Count), rows.SelectMany(r => r).Distinct().Count());
        }
    }

    /// <summary>Where there are rows enough, batches are full: what does not fit waits, and ends no batch.</summary>
    [Fact]
    public void Batches_are_full_where_there_are_rows_enough()
    {
        var random = new Random(1);
        var (samples, starts) = (Enumerable.Range(0, 16_000).ToArray(), new List<int>());
        new SampleBatches([SamplePlace.Of(new(Drawn(random, 16_000, 300)), 300, entity: 0), SamplePlace.Of(new(Drawn(random, 16_000, 200)), 200, entity: 1)])
            .Arrange(samples, 0, starts);

        Assert.InRange(starts.Count, 1000, 1020);
    }

    private static int[] Drawn(Random random, int count, int rows) => [.. Enumerable.Range(0, count).Select(_ => random.Next(rows))];

    private static IEnumerable<int[]> Batches(int[] samples, List<int> starts, int first) =>
        starts.Zip([.. starts.Skip(1), samples.Length + first], (start, end) => samples[(start - first)..(end - first)]);
}
