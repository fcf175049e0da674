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

    private readonly SampleSet<TElement> _set;
    private readonly int _seed;
    private readonly bool _isLockFree;
    private readonly GridEntity[] _entities;
    private readonly GridEntity[] _entityOf;
    private readonly SampleBatches _arranged;
    private readonly PinnedBuffer<int>[] _rows;
    private readonly PinnedBuffer<TElement>[] _numbers;
    private readonly List<int> _batchStarts = [];
    private readonly HashSet<(int Place, int Other)> _commonRows = [];
    private readonly GridStrata _strata = new();
    private int[] _keys = [];
    private int[] _order = [];
    private int[] _next = [];
    private int[] _distinct = [];
    private int[] _starts = [];
    private int[] _firstBatches = [];
    private int[] _batches = [];
    private int[] _bounds = [];

    /// <param name="set">The samples.</param>
    /// <param name="seed">Of their order.</param>
    /// <param name="isLockFree">Whether all blocks run at once, whatever rows they share.</param>
    public SampleGrid(SampleSet<TElement> set, int seed, bool isLockFree = false)
    {
        (_set, _seed, _isLockFree) = (set, seed, isLockFree);
        _entities = [.. set.Places.GroupBy(p => p.Entity).Select(places => new GridEntity([.. places]))];
        _entityOf = [.. set.Places.Select(p => _entities.First(e => e.Has(p)))];
        _arranged = new(set.Places);
        _rows = [.. set.Places.Select(_ => new PinnedBuffer<int>())];
        _numbers = [.. set.Numbers.Select(_ => new PinnedBuffer<TElement>())];
        (Rows, Numbers) = (new nint[_rows.Length], new nint[_numbers.Length]);
        Sort();
    }

    public int BlockCount { get; private set; }

    /// <summary>How many strata there are, one after another.</summary>
    public int StratumCount => _isLockFree ? 1 : _strata.Count;

    /// <summary>The blocks of a stratum, which may run at once. Those that threads take one after another seldom share rows, if all are one stratum.</summary>
    public ReadOnlySpan<int> Stratum(int stratum) => _isLockFree ? _strata.All : _strata[stratum];

    /// <summary>The most blocks in a stratum.</summary>
    public int Width { get; private set; }

    /// <summary>Whether some sample reads the same row of an entity in both places.</summary>
    public bool HaveCommonRow(int place, int other) => place == other || _commonRows.Contains((place, other));

    /// <summary>For each place the rows of the samples, in the grid's order.</summary>
    public nint[] Rows { get; }

    /// <summary>For each column the numbers of the samples, in the grid's order.</summary>
    public nint[] Numbers { get; }

    /// <summary>How many samples change a copy of what all read, on average by the weights of the copies.</summary>
    public double SamplesOfCopies
    {
        get
        {
            var samples = 0.0;
            for (var stratum = 0; stratum < StratumCount; stratum++)
            {
                var (squares, sum) = (0.0, 0.0);
                foreach (var block in Stratum(stratum))
                {
                    squares += (double)Samples(block) * Samples(block);
                    sum += Samples(block);
                }

                samples += squares / sum;
            }

            return samples;
        }
    }

    /// <summary>Number of samples in a block.</summary>
    public int Samples(int block) => _starts[block + 1] - _starts[block];

    /// <summary>The first sample of a block.</summary>
    public int Start(int block) => _starts[block];

    /// <summary>The samples of a batch: from the first to before the last.</summary>
    public (int First, int End) Batch(int batch) => (_bounds[batch], _bounds[batch + 1]);

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

    /// <summary>Sorts the samples that the set has now, into memory that is kept: once it is large enough, allocates nothing.</summary>
    public void Sort()
    {
        FindCommonRows();
        Cut();
        FindKeys();
        SortByKey();
        Arrange();
        var order = _order.AsSpan(0, _set.Count);
        for (var place = 0; place < _rows.Length; place++)
        {
            Rows[place] = (nint)_rows[place].Gather(_set.Places[place].Rows, order);
        }

        for (var column = 0; column < _numbers.Length; column++)
        {
            Numbers[column] = (nint)_numbers[column].Gather(_set.Numbers[column].Span, order);
        }

        _strata.Color(_distinct.AsSpan(0, BlockCount), _entities, _entityOf);
        Width = 0;
        for (var stratum = 0; stratum < StratumCount; stratum++)
        {
            Width = Math.Max(Width, Stratum(stratum).Length);
        }
    }

    /// <summary>Puts the samples of each block into the order of batches.</summary>
    private void Arrange()
    {
        _firstBatches = Room.For(BlockCount + 1, _firstBatches);
        _batchStarts.Clear();
        for (var block = 0; block < BlockCount; block++)
        {
            var samples = _order.AsSpan(_starts[block].._starts[block + 1]);
            SplitMix.Of(_seed, 0, block).Shuffle(samples);
            _arranged.Arrange(samples, _starts[block], _batchStarts);
            _firstBatches[block + 1] = _batchStarts.Count;
        }

        _batches = Room.For(_batchStarts.Count, _batches);
        _batchStarts.Add(_set.Count);
        _bounds = Room.For(_batchStarts.Count, _bounds);
        _batchStarts.CopyTo(_bounds);
    }

    private void FindCommonRows()
    {
        _commonRows.Clear();
        var places = _set.Places;
        for (var place = 0; place < places.Count; place++)
        {
            for (var other = 0; other < place; other++)
            {
                if (places[other].Entity == places[place].Entity && HaveCommonRow(places[other].Rows, places[place].Rows))
                {
                    _commonRows.Add((place, other));
                    _commonRows.Add((other, place));
                }
            }
        }
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
    private void Cut()
    {
        var threads = 1;
        while (threads < MostThreads && (long)(2 * threads) * (2 * threads) * LeastSamples <= _set.Count && Math.Pow(2 * threads, _entityOf.Length) <= FewBlocks)
        {
            threads *= 2;
        }

        var most = (long)MostRows;
        while (BlocksOf(threads, most) > MostBlocks && most < int.MaxValue)
        {
            most *= 2;
        }

        foreach (var entity in _entities)
        {
            entity.Cut(BlocksOf(threads, most, entity));
        }
    }

    private long BlocksOf(int threads, long mostRows)
    {
        var blocks = 1L;
        foreach (var entity in _entityOf)
        {
            blocks *= BlocksOf(threads, mostRows, entity);
        }

        return blocks;
    }

    private static int BlocksOf(int threads, long mostRows, GridEntity entity) =>
        Math.Max(threads, (int)BitOperations.RoundUpToPowerOf2((ulong)((entity.Rows + mostRows - 1) / mostRows)));

    /// <summary>For each sample the number of its block of the grid.</summary>
    private void FindKeys()
    {
        _keys = Room.For(_set.Count, _keys);
        var keys = _keys.AsSpan(0, _set.Count);
        keys.Clear();
        for (var place = 0; place < _entityOf.Length; place++)
        {
            var entity = _entityOf[place];
            var rows = _set.Places[place].Rows;
            for (var sample = 0; sample < keys.Length; sample++)
            {
                keys[sample] = (keys[sample] * entity.Blocks) + entity.BlockOf(rows[sample]);
            }
        }
    }

    /// <summary>The samples block by block; blocks without samples are left out.</summary>
    private void SortByKey()
    {
        var keys = _keys.AsSpan(0, _set.Count);
        var all = 1;
        foreach (var entity in _entityOf)
        {
            all *= entity.Blocks;
        }

        (_next, _distinct, _starts, _order) = (Room.For(all, _next), Room.For(all, _distinct), Room.For(all + 1, _starts), Room.For(keys.Length, _order));
        _next.AsSpan(0, all).Clear();
        foreach (var key in keys)
        {
            _next[key]++;
        }

        (BlockCount, _starts[0]) = (0, 0);
        for (var key = 0; key < all; key++)
        {
            if (_next[key] > 0)
            {
                (_distinct[BlockCount], _starts[BlockCount + 1]) = (key, _starts[BlockCount] + _next[key]);
                _next[key] = _starts[BlockCount++];
            }
        }

        for (var sample = 0; sample < keys.Length; sample++)
        {
            _order[_next[keys[sample]]++] = sample;
        }
    }
}
