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

    /// <summary>Where columns are many, a band has so many entries for each, on average: to begin with a column costs what some entries do.</summary>
    private const int EntriesPerColumn = 8;

    private readonly int[] _firstRows;
    private readonly int[] _firstSegments;
    private readonly int[] _columns;
    private readonly long[] _pointers;

    private RowBands(SparsePattern pattern, int[] firstRows)
    {
        _firstRows = firstRows;
        (Rows, Entries) = (new int[pattern.Count], new int[pattern.Count]);
        for (var band = 0; band < Count; band++)
        {
            MostEntries = Math.Max(MostEntries, (int)(pattern.RowPointers[firstRows[band + 1]] - pattern.RowPointers[firstRows[band]]));
        }

        var segments = new Segments(pattern, this);
        (_firstSegments, _columns, _pointers) = ([.. segments.First], [.. segments.Columns], [.. segments.Pointers]);
    }

    /// <summary>How many bands there are; at least 1.</summary>
    public int Count => _firstRows.Length - 1;

    /// <summary>The row of each entry.</summary>
    public int[] Rows { get; }

    /// <summary>The number in row order of each entry.</summary>
    public int[] Entries { get; }

    /// <summary>The most entries of a band.</summary>
    public int MostEntries { get; }

    /// <summary>The rows of a band.</summary>
    public (int First, int End) RowsOf(int band) => (_firstRows[band], _firstRows[band + 1]);

    /// <summary>The columns that have entries in a band, rising.</summary>
    public ReadOnlySpan<int> Columns(int band) => _columns.AsSpan(_firstSegments[band].._firstSegments[band + 1]);

    /// <summary>The column of number s in the band's list holds places [p(s), p(s + 1)).</summary>
    public ReadOnlySpan<long> Pointers(int band) => _pointers.AsSpan(_firstSegments[band]..(_firstSegments[band + 1] + 1));

    /// <summary>Sorts the entries. O(entries + bands · columns).</summary>
    public static RowBands Of(SparsePattern pattern) =>
        new(pattern, FirstRows(pattern.RowPointers, Math.Max(LeastCapacity, EntriesPerColumn * (long)pattern.Columns)));

    /// <summary>The first row of each band, and the number of rows.</summary>
    private static int[] FirstRows(ReadOnlySpan<long> rowPointers, long capacity)
    {
        var first = new List<int> { 0 };
        for (var i = 1; i < rowPointers.Length - 1; i++)
        {
            if (i - first[^1] == MostRows || rowPointers[i + 1] - rowPointers[first[^1]] > capacity)
            {
                first.Add(i);
            }
        }

        return [.. first, rowPointers.Length - 1];
    }

    /// <summary>Lists the columns of each band, and sorts its entries.</summary>
    private sealed class Segments
    {
        private readonly int[] _next;

        public Segments(SparsePattern pattern, RowBands bands)
        {
            _next = new int[pattern.Columns];
            for (var band = 0; band < bands.Count; band++)
            {
                First.Add(Columns.Count);
                var (start, end) = bands.RowsOf(band);
                Count(pattern.ColumnIndices[(int)pattern.RowPointers[start]..(int)pattern.RowPointers[end]], (int)pattern.RowPointers[start]);
                Sort(pattern, start, end, bands);
            }

            First.Add(Columns.Count);
            Pointers.Add(pattern.Count);
        }

        public List<int> First { get; } = [];

        public List<int> Columns { get; } = [];

        public List<long> Pointers { get; } = [];

        /// <summary>Finds where the entries of each column go.</summary>
        private void Count(ReadOnlySpan<int> columns, int first)
        {
            Array.Clear(_next);
            foreach (var j in columns)
            {
                _next[j]++;
            }

            for (var j = 0; j < _next.Length; j++)
            {
                if (_next[j] > 0)
                {
                    Columns.Add(j);
                    Pointers.Add(first);
                    (_next[j], first) = (first, first + _next[j]);
                }
            }
        }

        private void Sort(SparsePattern pattern, int start, int end, RowBands bands)
        {
            for (var i = start; i < end; i++)
            {
                for (var e = (int)pattern.RowPointers[i]; e < (int)pattern.RowPointers[i + 1]; e++)
                {
                    var place = _next[pattern.ColumnIndices[e]]++;
                    bands.Rows[place] = i;
                    bands.Entries[place] = e;
                }
            }
        }
    }
}
