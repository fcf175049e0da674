using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>
/// Arranges samples into batches, of which no two samples read the same row of an entity: one step in all samples of a batch is then their steps
/// one after the other.
/// </summary>
internal sealed class SampleBatches(IReadOnlyList<SamplePlace> places)
{
    /// <summary>The most samples of a batch.</summary>
    public const int MostSamples = 16;

    /// <summary>So many samples wait for a batch that does not read their rows yet; then a batch ends though it is not full.</summary>
    private const int MostWaiting = 64;

    /// <summary>For each place the number of the batch that last read each row of its entity.</summary>
    private readonly int[][] _lastOfRow = LastOfRows(places);
    private readonly Queue<int> _waiting = new();
    private int _batch;

    /// <summary>Puts samples into the order of batches, and adds where these start. O(samples · <see cref="MostWaiting"/>) at worst.</summary>
    /// <param name="samples">The samples of a block.</param>
    /// <param name="first">The number of the first of them among all samples.</param>
    /// <param name="starts">The first sample of each batch.</param>
    public void Arrange(Span<int> samples, int first, List<int> starts)
    {
        // What is arranged takes the place of what was read before.
        var (read, arranged) = (0, 0);
        while (arranged < samples.Length)
        {
            starts.Add(first + arranged);
            _batch++;
            var end = Math.Min(arranged + MostSamples, samples.Length);
            for (var old = _waiting.Count; old > 0; old--)
            {
                Put(_waiting.Dequeue(), samples, ref arranged, end);
            }

            while (arranged < end && read < samples.Length && _waiting.Count < MostWaiting)
            {
                Put(samples[read++], samples, ref arranged, end);
            }
        }
    }

    private void Put(int sample, Span<int> samples, ref int arranged, int end)
    {
        if (arranged < end && IsApart(sample))
        {
            samples[arranged++] = sample;
            for (var place = 0; place < _lastOfRow.Length; place++)
            {
                _lastOfRow[place][places[place].Rows[sample]] = _batch;
            }
        }
        else
        {
            _waiting.Enqueue(sample);
        }
    }

    /// <summary>Whether the batch has no sample yet that reads a row of this one.</summary>
    private bool IsApart(int sample)
    {
        for (var place = 0; place < _lastOfRow.Length; place++)
        {
            if (_lastOfRow[place][places[place].Rows[sample]] == _batch)
            {
                return false;
            }
        }

        return true;
    }

    private static int[][] LastOfRows(IReadOnlyList<SamplePlace> places)
    {
        var ofEntity = places.GroupBy(p => p.Entity).ToDictionary(entity => entity.Key, entity => new int[entity.Max(p => p.Count)]);
        return [.. places.Select(p => ofEntity[p.Entity])];
    }
}
