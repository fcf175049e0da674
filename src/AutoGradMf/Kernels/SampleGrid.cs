using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>
/// Samples sorted into a grid: the rows of each entity are cut into blocks, and a block of the grid holds the samples that read the same
/// blocks of rows. Blocks that share no rows make a stratum, and may run at once, as in the Latin-square schedule of Gemulla, Nijkamp,
/// Haas &amp; Sismanis (KDD 2011). Cut by the data alone, so that results do not depend on the number of threads.
/// </summary>
internal sealed unsafe class SampleGrid<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>So many rows of 32 floats are three eighths of a megabyte: those of two entities stay in the cache. Powers of two leave 2300 on average.</summary>
    private const int MostRows = 3072;

    private const int MostThreads = 16;
    private const int LeastSamples = 1024;
    private const int MostBlocks = 1 << 16;

    /// <summary>For threads alone, where rows need none: of four places sixteen parts each would be strata of few samples, one after the other.</summary>
    private const int FewBlocks = 1 << 12;

    private readonly PinnedBuffer<int>[] _rows;
    private readonly PinnedBuffer<TElement>[] _numbers;
    private readonly int[] _starts;
    private readonly int[] _batches;
    private readonly int[] _firstBatches;
    private readonly int[] _batchStarts;
    private readonly HashSet<(int Place, int Other)> _commonRows;

    /// <param name="set">The samples.</param>
    /// <param name="seed">Of their order.</param>
    /// <param name="isLockFree">Whether all blocks run at once, whatever rows they share.</param>
    public SampleGrid(SampleSet<TElement> set, int seed, bool isLockFree = false)
    {
        var blocks = Cut(set);
        var keys = Keys(set, blocks);
        var order = Sort(keys, out _starts, out var distinct);
        _firstBatches = new int[BlockCount + 1];
        var (batchStarts, batches) = (new List<int>(), new SampleBatches(set.Places));
        for (var block = 0; block < BlockCount; block++)
        {
            var samples = order.AsSpan(_starts[block]..(_starts[block + 1]));
            SplitMix.Of(seed, 0, block).Shuffle(samples);
            batches.Arrange(samples, _starts[block], batchStarts);
            _firstBatches[block + 1] = batchStarts.Count;
        }

        _batchStarts = [.. batchStarts, order.Length];
        _batches = new int[batchStarts.Count];
        _commonRows = CommonRows(set.Places);
        _rows = [.. set.Places.Select(p => PinnedBuffer<int>.Gathered(p.Rows, order))];
        _numbers = [.. set.Numbers.Select(n => PinnedBuffer<TElement>.Gathered(n.Span, order))];
        Rows = [.. _rows.Select(r => (nint)r.Reserve(0))];
        Numbers = [.. _numbers.Select(n => (nint)n.Reserve(0))];
        var strata = Color(distinct, set.Places, blocks);

        // Blocks that threads take one after another then seldom share rows.
        Strata = isLockFree ? [[.. strata.SelectMany(stratum => stratum)]] : strata;
        Width = Strata.Select(s => s.Length).DefaultIfEmpty(0).Max();
    }

    public int BlockCount => _starts.Length - 1;

    /// <summary>The blocks that may run at once, and after one another the strata.</summary>
    public int[][] Strata { get; }

    /// <summary>The most blocks in a stratum.</summary>
    public int Width { get; }

    /// <summary>Whether some sample reads the same row of an entity in both places.</summary>
    public bool HaveCommonRow(int place, int other) => place == other || _commonRows.Contains((place, other));

    /// <summary>For each place the rows of the samples, in the grid's order.</summary>
    public nint[] Rows { get; }

    /// <summary>For each column the numbers of the samples, in the grid's order.</summary>
    public nint[] Numbers { get; }

    /// <summary>Number of samples in a block.</summary>
    public int Samples(int block) => _starts[block + 1] - _starts[block];

    /// <summary>How many samples change a copy of what all read, on average by the weights of the copies.</summary>
    public double SamplesOfCopies => Strata.Sum(stratum =>
        stratum.Sum(block => (double)Samples(block) * Samples(block)) / stratum.Sum(block => (double)Samples(block)));

    /// <summary>The first sample of a block.</summary>
    public int Start(int block) => _starts[block];

    /// <summary>The samples of a batch: from the first to before the last.</summary>
    public (int First, int End) Batch(int batch) => (_batchStarts[batch], _batchStarts[batch + 1]);

    /// <summary>The batches of a block, in an order of their own for each epoch.</summary>
    public ReadOnlySpan<int> BatchesOf(int block, int seed, int epoch)
    {
        var batches = _batches.AsSpan(_firstBatches[block].._firstBatches[block + 1]);
        for (var b = 0; b < batches.Length; b++)
        {
            batches[b] = _firstBatches[block] + b;
        }

        SplitMix.Of(seed, epoch, block).Shuffle(batches);
        return batches;
    }

    private static HashSet<(int Place, int Other)> CommonRows(IReadOnlyList<SamplePlace> places)
    {
        var common = new HashSet<(int, int)>();
        for (var place = 0; place < places.Count; place++)
        {
            for (var other = 0; other < place; other++)
            {
                if (places[other].Entity == places[place].Entity && HaveCommonRow(places[other].Rows, places[place].Rows))
                {
                    common.Add((place, other));
                    common.Add((other, place));
                }
            }
        }

        return common;
    }

    private static bool HaveCommonRow(ReadOnlySpan<int> rows, ReadOnlySpan<int> others)
    {
        for (var sample = 0; sample < rows.Length; sample++)
        {
            if (rows[sample] == others[sample])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For each entity the block of each row: powers of two, so that a full grid is a Latin square.</summary>
    private static Dictionary<int, (int Count, int[] OfRow)> Cut(SampleSet<TElement> set)
    {
        var threads = 1;
        while (threads < MostThreads && (long)(2 * threads) * (2 * threads) * LeastSamples <= set.Count && Math.Pow(2 * threads, set.Places.Count) <= FewBlocks)
        {
            threads *= 2;
        }

        var most = (long)MostRows;
        int Count(SamplePlace place) => Math.Max(threads, (int)BitOperations.RoundUpToPowerOf2((ulong)((place.Count + most - 1) / most)));
        while (set.Places.Aggregate(1L, (blocks, place) => blocks * Count(place)) > MostBlocks && most < int.MaxValue)
        {
            most *= 2;
        }

        return set.Places.GroupBy(p => p.Entity)
            .ToDictionary(entity => entity.Key, entity => (Count(entity.First()), BlockOfRows(entity, entity.First().Count, Count(entity.First()))));
    }

    /// <summary>Each block has about equally many samples and rows together.</summary>
    private static int[] BlockOfRows(IEnumerable<SamplePlace> places, int rows, int count)
    {
        var pointers = new long[rows + 1];
        foreach (var place in places)
        {
            foreach (var row in place.Rows)
            {
                pointers[row + 1]++;
            }
        }

        for (var row = 0; row < rows; row++)
        {
            pointers[row + 1] += pointers[row];
        }

        var blockOf = new int[rows];
        for (var block = 0; block < count; block++)
        {
            blockOf.AsSpan(Chunks.Start(pointers, block, count)..Chunks.Start(pointers, block + 1, count)).Fill(block);
        }

        return blockOf;
    }

    /// <summary>For each sample the number of its block of the grid.</summary>
    private static int[] Keys(SampleSet<TElement> set, Dictionary<int, (int Count, int[] OfRow)> blocks)
    {
        var keys = new int[set.Count];
        foreach (var place in set.Places)
        {
            var (count, ofRow) = blocks[place.Entity];
            var rows = place.Rows;
            for (var sample = 0; sample < keys.Length; sample++)
            {
                keys[sample] = (keys[sample] * count) + ofRow[rows[sample]];
            }
        }

        return keys;
    }

    /// <summary>The samples block by block; blocks without samples are left out.</summary>
    /// <param name="keys">Of each sample its block, of all that there may be.</param>
    /// <param name="starts">Where the samples of each block begin that has some.</param>
    /// <param name="distinct">The keys of these.</param>
    private static int[] Sort(int[] keys, out int[] starts, out int[] distinct)
    {
        var counts = new int[keys.DefaultIfEmpty(-1).Max() + 1];
        foreach (var key in keys)
        {
            counts[key]++;
        }

        distinct = [.. Enumerable.Range(0, counts.Length).Where(key => counts[key] > 0)];
        starts = new int[distinct.Length + 1];
        var next = counts;
        for (var block = 0; block < distinct.Length; block++)
        {
            starts[block + 1] = starts[block] + counts[distinct[block]];
            next[distinct[block]] = starts[block];
        }

        var order = new int[keys.Length];
        for (var sample = 0; sample < keys.Length; sample++)
        {
            order[next[keys[sample]]++] = sample;
        }

        return order;
    }

    /// <summary>Each block goes to the first stratum that has none of its rows: on a full grid that is the XOR of its two coordinates.</summary>
    private static int[][] Color(int[] keys, IReadOnlyList<SamplePlace> places, Dictionary<int, (int Count, int[] OfRow)> blocks)
    {
        var (firstOf, total) = (new Dictionary<int, int>(), 0);
        foreach (var (entity, (count, _)) in blocks)
        {
            firstOf[entity] = total;
            total += count;
        }

        var strata = new List<(bool[] IsTaken, List<int> Blocks)>();
        var rows = new int[places.Count];
        for (var block = 0; block < keys.Length; block++)
        {
            var key = keys[block];
            for (var place = places.Count - 1; place >= 0; place--)
            {
                var count = blocks[places[place].Entity].Count;
                rows[place] = firstOf[places[place].Entity] + (key % count);
                key /= count;
            }

            var stratum = 0;
            while (stratum < strata.Count && AnyTaken(strata[stratum].IsTaken, rows))
            {
                stratum++;
            }

            if (stratum == strata.Count)
            {
                strata.Add((new bool[total], []));
            }

            foreach (var row in rows)
            {
                strata[stratum].IsTaken[row] = true;
            }

            strata[stratum].Blocks.Add(block);
        }

        return [.. strata.Select(s => s.Blocks.ToArray())];
    }

    private static bool AnyTaken(bool[] isTaken, int[] rows)
    {
        foreach (var row in rows)
        {
            if (isTaken[row])
            {
                return true;
            }
        }

        return false;
    }
}
