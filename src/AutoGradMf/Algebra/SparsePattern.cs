using AutoGradMf.Kernels;

namespace AutoGradMf;

/// <summary>
/// Which entries of an m × n matrix are stored (compressed rows), and the same entries in column order. Immutable.
/// </summary>
public sealed partial class SparsePattern
{
    private readonly long[] _rowPointers;
    private readonly int[] _columnIndices;
    private readonly Lazy<(long[] Pointers, int[] Rows, int[] Entries)> _byColumn;
    private readonly Lazy<RowBands> _bands;

    /// <summary>A pattern over compressed rows, which are kept, not copied.</summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="rowPointers">m + 1 numbers, rising from 0 to the number of entries: row i holds entries [p(i), p(i + 1)).</param>
    /// <param name="columnIndices">The column of each entry, rising within a row.</param>
    /// <exception cref="ArgumentException">The arrays are not such a pattern.</exception>
    public SparsePattern(int rows, int columns, long[] rowPointers, int[] columnIndices)
    {
        ArgumentNullException.ThrowIfNull(rowPointers);
        ArgumentNullException.ThrowIfNull(columnIndices);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        _rowPointers = rowPointers;
        _columnIndices = columnIndices;
        Validate();
        _byColumn = new(Transpose);
        _bands = new(() => RowBands.Of(this));
    }

    /// <summary>m, the number of rows.</summary>
    public int Rows { get; }

    /// <summary>n, the number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of stored entries.</summary>
    public int Count => _columnIndices.Length;

    /// <summary>Row i holds entries [RowPointers[i], RowPointers[i + 1]).</summary>
    public ReadOnlySpan<long> RowPointers => _rowPointers;

    /// <summary>The column of each entry.</summary>
    public ReadOnlySpan<int> ColumnIndices => _columnIndices;

    /// <summary>Column j holds places [ColumnPointers[j], ColumnPointers[j + 1]) of <see cref="RowIndices"/>.</summary>
    public ReadOnlySpan<long> ColumnPointers => _byColumn.Value.Pointers;

    /// <summary>In column order, the row of each entry, rising within a column.</summary>
    public ReadOnlySpan<int> RowIndices => _byColumn.Value.Rows;

    /// <summary>In column order, the entry's number in row order.</summary>
    public ReadOnlySpan<int> ColumnOrder => _byColumn.Value.Entries;

    /// <summary>The order in which passes over columns visit the entries.</summary>
    internal RowBands Bands => _bands.Value;

    private void Validate()
    {
        if (_rowPointers.Length != Rows + 1 || _rowPointers[0] != 0 || _rowPointers[^1] != _columnIndices.Length)
        {
            throw new ArgumentException(
                $"The row pointers of {Rows} rows are {Rows + 1} numbers from 0 to the number of entries ({_columnIndices.Length}).");
        }

        for (var i = 0; i < Rows; i++)
        {
            if (_rowPointers[i] > _rowPointers[i + 1])
            {
                throw new ArgumentException($"The row pointers fall after row {i}.");
            }

            for (var e = _rowPointers[i]; e < _rowPointers[i + 1]; e++)
            {
                var j = _columnIndices[e];
                if ((uint)j >= (uint)Columns || (e > _rowPointers[i] && j <= _columnIndices[e - 1]))
                {
                    throw new ArgumentException(
                        $"The columns of row {i} must rise within 0 … {Columns - 1}, and entry {e} has column {j}.");
                }
            }
        }
    }

    private (long[] Pointers, int[] Rows, int[] Entries) Transpose()
    {
        var pointers = new long[Columns + 1];
        foreach (var j in _columnIndices)
        {
            pointers[j + 1]++;
        }

        for (var j = 0; j < Columns; j++)
        {
            pointers[j + 1] += pointers[j];
        }

        var next = pointers.AsSpan(0, Columns).ToArray();
        var rows = new int[Count];
        var entries = new int[Count];
        for (var i = 0; i < Rows; i++)
        {
            for (var e = _rowPointers[i]; e < _rowPointers[i + 1]; e++)
            {
                var place = next[_columnIndices[e]]++;
                rows[place] = i;
                entries[place] = (int)e;
            }
        }

        return (pointers, rows, entries);
    }
}
