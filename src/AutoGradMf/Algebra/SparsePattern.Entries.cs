namespace AutoGradMf;

public sealed partial class SparsePattern
{
    /// <summary>The stored entries in row order: row, column, and the entry's number.</summary>
    public IEnumerable<(int Row, int Column, int Entry)> Entries
    {
        get
        {
            for (var i = 0; i < Rows; i++)
            {
                for (var e = (int)_rowPointers[i]; e < _rowPointers[i + 1]; e++)
                {
                    yield return (i, _columnIndices[e], e);
                }
            }
        }
    }

    /// <summary>
    /// The number of entry (<paramref name="i"/>, <paramref name="j"/>); negative if it is not stored. O(log of the row's entries).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public int IndexOf(int i, int j)
    {
        if ((uint)i >= (uint)Rows || (uint)j >= (uint)Columns)
        {
            throw new ArgumentOutOfRangeException(
                (uint)i >= (uint)Rows ? nameof(i) : nameof(j), $"There is no entry ({i}, {j}) in a {Rows}×{Columns} matrix.");
        }

        return Array.BinarySearch(_columnIndices, (int)_rowPointers[i], (int)(_rowPointers[i + 1] - _rowPointers[i]), j);
    }

    /// <summary>The transposed pattern, n × m.</summary>
    public SparsePattern T => new(Columns, Rows, ColumnPointers.ToArray(), RowIndices.ToArray());
}
