namespace AutoGradMf.Kernels;

/// <summary>A run of entries of one row within a block.</summary>
/// <param name="Row">The row.</param>
/// <param name="Place">Where the run begins, counted from the block's first entry.</param>
/// <param name="Count">How many entries it has, at least 1.</param>
internal readonly record struct RowSegment(int Row, int Place, int Count);

/// <summary>Walks a block of consecutive entries row by row.</summary>
/// <param name="pointers">Where each row's entries begin.</param>
/// <param name="row">The row of the first entry.</param>
/// <param name="start">The first entry.</param>
/// <param name="count">How many entries the block has.</param>
internal ref struct RowSegments(ReadOnlySpan<long> pointers, int row, int start, int count)
{
    private readonly ReadOnlySpan<long> _pointers = pointers;
    private int _nextRow = row;

    public RowSegment Current { get; private set; }

    public readonly RowSegments GetEnumerator() => this;

    public bool MoveNext()
    {
        var place = Current.Place + Current.Count;
        if (place >= count)
        {
            return false;
        }

        while (_pointers[_nextRow + 1] <= start + place)
        {
            _nextRow++;
        }

        var end = (int)Math.Min(_pointers[_nextRow + 1] - start, count);
        Current = new(_nextRow++, place, end - place);
        return true;
    }
}
