namespace AutoGradMf.Kernels;

/// <summary>
/// The entries of a pattern in the order of a pass over columns: band by band of its rows, within a band column by column, within a column by
/// row. A pass then gathers the rows of one band at a time, and the entries' numbers of one band, which are small enough for a core's cache.
/// </summary>
internal sealed class RowBands
{
    /// <summary>1 MB of rows of 32 floats.</summary>
    private const int MostRows = 1 << 13;

    /// <summary>Half a megabyte of floats, where columns are few.</summary>
    private const int LeastCapacity = 1 << 17;

    /// <summary>So many entries a column has in a band on average, for which it is worth to begin with it.</summary>
    private const int EntriesPerColumn = 16;

    private readonly long[] _pointers;
    private readonly int _columns;

    private RowBands(long[] pointers, int columns, int[] rows, int[] entries) => (_pointers, _columns, Rows, Entries) = (pointers, columns, rows, entries);

    /// <summary>How many bands there are; at least 1.</summary>
    public int Count => _columns == 0 ? 1 : (_pointers.Length - 1) / _columns;

    /// <summary>The row of each entry.</summary>
    public int[] Rows { get; }

    /// <summary>The number in row order of each entry.</summary>
    public int[] Entries { get; }

    /// <summary>Column j of the band holds places [p(j), p(j + 1)).</summary>
    public ReadOnlySpan<long> Pointers(int band) => _pointers.AsSpan(band * _columns, _columns + 1);

    /// <summary>Sorts the entries. O(entries + bands · columns).</summary>
    public static RowBands Of(SparsePattern pattern)
    {
        var starts = Starts(pattern.RowPointers, Math.Max(LeastCapacity, EntriesPerColumn * (long)pattern.Columns));
        var pointers = new long[((starts.Count - 1) * pattern.Columns) + 1];
        var (rows, entries) = (new int[pattern.Count], new int[pattern.Count]);
        var next = new long[pattern.Columns];
        for (var band = 0; band < starts.Count - 1; band++)
        {
            Sort(pattern, starts[band], starts[band + 1], pointers.AsSpan(band * pattern.Columns, pattern.Columns + 1), next, rows, entries);
        }

        return new(pointers, pattern.Columns, rows, entries);
    }

    /// <summary>The first row of each band, and the number of rows.</summary>
    private static List<int> Starts(ReadOnlySpan<long> rowPointers, long capacity)
    {
        var starts = new List<int> { 0 };
        for (var i = 1; i < rowPointers.Length - 1; i++)
        {
            if (i - starts[^1] == MostRows || rowPointers[i + 1] - rowPointers[starts[^1]] > capacity)
            {
                starts.Add(i);
            }
        }

        starts.Add(rowPointers.Length - 1);
        return starts;
    }

    private static void Sort(SparsePattern pattern, int start, int end, Span<long> pointers, Span<long> next, int[] rows, int[] entries)
    {
        var (first, last) = ((int)pattern.RowPointers[start], (int)pattern.RowPointers[end]);
        var columns = pattern.ColumnIndices;
        next.Clear();
        foreach (var j in columns[first..last])
        {
            next[j]++;
        }

        pointers[0] = first;
        for (var j = 0; j < next.Length; j++)
        {
            pointers[j + 1] = pointers[j] + next[j];
            next[j] = pointers[j];
        }

        for (var i = start; i < end; i++)
        {
            for (var e = (int)pattern.RowPointers[i]; e < (int)pattern.RowPointers[i + 1]; e++)
            {
                var place = next[columns[e]]++;
                rows[place] = i;
                entries[place] = e;
            }
        }
    }
}
