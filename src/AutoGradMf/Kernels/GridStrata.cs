namespace AutoGradMf.Kernels;

/// <summary>
/// Blocks of a grid in strata, none of which has two blocks that share rows: each block goes to the first stratum that has none of its rows. On a full grid of two
/// coordinates that is their XOR.
/// </summary>
internal sealed class GridStrata
{
    private readonly List<bool[]> _isTaken = [];
    private readonly List<int> _starts = [];
    private int[] _stratumOf = [];
    private int[] _blocks = [];
    private int[] _taken = [];
    private int _blockCount;

    /// <summary>How many there are.</summary>
    public int Count => _starts.Count - 1;

    /// <summary>The blocks of a stratum, rising.</summary>
    public ReadOnlySpan<int> this[int stratum] => _blocks.AsSpan(_starts[stratum].._starts[stratum + 1]);

    /// <summary>All blocks, stratum after stratum.</summary>
    public ReadOnlySpan<int> All => _blocks.AsSpan(0, _blockCount);

    /// <summary>Puts blocks into strata, in memory that is kept.</summary>
    /// <param name="keys">Of each block its number in the whole grid.</param>
    /// <param name="entities">Whose rows the grid cuts.</param>
    /// <param name="entityOf">Of each place its entity, those of the last places counting fastest in keys.</param>
    public void Color(ReadOnlySpan<int> keys, GridEntity[] entities, GridEntity[] entityOf)
    {
        _blockCount = keys.Length;
        (_stratumOf, _blocks, _taken) = (Room.For(keys.Length, _stratumOf), Room.For(keys.Length, _blocks), Room.For(entityOf.Length, _taken));
        var total = 0;
        foreach (var entity in entities)
        {
            total += entity.Blocks;
        }

        var count = 0;
        for (var block = 0; block < keys.Length; block++)
        {
            FindRows(keys[block], entities, entityOf);
            var stratum = 0;
            while (stratum < count && AnyTaken(_isTaken[stratum], entityOf.Length))
            {
                stratum++;
            }

            if (stratum == count)
            {
                Begin(count++, total);
            }

            foreach (var row in _taken.AsSpan(0, entityOf.Length))
            {
                _isTaken[stratum][row] = true;
            }

            _stratumOf[block] = stratum;
        }

        SortBlocks(count);
    }

    /// <summary>The blocks of rows that a block of the grid reads, numbered through all entities.</summary>
    private void FindRows(int key, GridEntity[] entities, GridEntity[] entityOf)
    {
        for (var place = entityOf.Length - 1; place >= 0; place--)
        {
            var first = 0;
            for (var entity = 0; !ReferenceEquals(entities[entity], entityOf[place]); entity++)
            {
                first += entities[entity].Blocks;
            }

            _taken[place] = first + (key % entityOf[place].Blocks);
            key /= entityOf[place].Blocks;
        }
    }

    private bool AnyTaken(bool[] isTaken, int count)
    {
        foreach (var row in _taken.AsSpan(0, count))
        {
            if (isTaken[row])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Begins a stratum, with nothing taken.</summary>
    private void Begin(int stratum, int total)
    {
        if (stratum == _isTaken.Count)
        {
            _isTaken.Add([]);
        }

        if (_isTaken[stratum].Length < total)
        {
            _isTaken[stratum] = new bool[total];
        }

        Array.Clear(_isTaken[stratum]);
    }

    private void SortBlocks(int count)
    {
        _starts.Clear();
        var placed = 0;
        for (var stratum = 0; stratum < count; stratum++)
        {
            _starts.Add(placed);
            for (var block = 0; block < _blockCount; block++)
            {
                if (_stratumOf[block] == stratum)
                {
                    _blocks[placed++] = block;
                }
            }
        }

        _starts.Add(placed);
    }
}
