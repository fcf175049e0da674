using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Numbers of a pattern's entries, copied to where those are in column order. Were they read from row order one by one, each would be a cache line of its own;
/// as they are copied in row order, one place in each column is written to at a time, and a cache holds these, of weights and slopes half as many where they lie in pairs.
/// </summary>
internal sealed unsafe class ColumnNumbers<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int LeastEntries = 1 << 22;
    private const int ChunkEntries = 1 << 21;
    private const int ChunkColumns = 256;
    private readonly PinnedBuffer<TElement> _numbers = new();
    private int[] _places = [];

    /// <summary>Whether numbers in row order do not fit a cache, so that copies are worth their while.</summary>
    public static bool IsWorthwhile(SparsePattern pattern) => pattern.Count > LeastEntries;

    /// <summary>The weights as last copied; null if there were none.</summary>
    public TElement* Weights { get; private set; }

    /// <summary>The slopes as last copied; null if there were none.</summary>
    public TElement* Slopes { get; private set; }

    /// <summary>From the number of an entry to that of the next.</summary>
    public int Step { get; private set; }

    /// <summary>Forgets what was copied.</summary>
    public void Clear() => Weights = Slopes = null;

    /// <summary>Copies weights, slopes or both, of which those that are empty are none. O(entries + columns · log entries).</summary>
    /// <param name="pattern">Whose entries they are.</param>
    /// <param name="weights">In row order.</param>
    /// <param name="slopes">In row order.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="chunkEntries">About how many entries the rows of a chunk have.</param>
    public void Copy(SparsePattern pattern, ReadOnlySpan<TElement> weights, ReadOnlySpan<TElement> slopes, Workers workers, int chunkEntries = ChunkEntries)
    {
        var chunks = (int)(((long)pattern.Count + chunkEntries - 1) / chunkEntries);
        var count = checked(chunks * pattern.Columns);
        _places = _places.Length >= count ? _places : new int[count];
        Step = weights.IsEmpty || slopes.IsEmpty ? 1 : 2;
        var numbers = _numbers.Reserve((long)Step * pattern.Count);
        Weights = weights.IsEmpty ? null : numbers;
        Slopes = slopes.IsEmpty ? null : numbers + Step - 1;
        var placing = new Placing { Pattern = pattern, Places = _places, ChunkCount = chunks };
        workers.Run(ref placing, (pattern.Columns + ChunkColumns - 1) / ChunkColumns);
        fixed (TElement* weight = weights, slope = slopes)
        {
            var copying = new Copying { Pattern = pattern, Places = _places, ChunkCount = chunks, Weights = weight, Slopes = slope, IntoWeights = Weights, IntoSlopes = Slopes, Step = Step };
            workers.Run(ref copying, chunks);
        }
    }

    /// <summary>The first entry of a chunk of rows.</summary>
    private static int Start(SparsePattern pattern, int chunk, int count) => (int)pattern.RowPointers[Chunks.Start(pattern.RowPointers, chunk, count)];

    /// <summary>Finds where each column's entries of each chunk of rows begin.</summary>
    private ref struct Placing : IChunkedWork
    {
        public SparsePattern Pattern;
        public Span<int> Places;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var (columns, end) = (Pattern.Columns, Math.Min((chunk + 1) * ChunkColumns, Pattern.Columns));
            for (var c = 0; c < ChunkCount; c++)
            {
                var first = Start(Pattern, c, ChunkCount);
                for (var j = chunk * ChunkColumns; j < end; j++)
                {
                    var (start, stop) = ((int)Pattern.ColumnPointers[j], (int)Pattern.ColumnPointers[j + 1]);
                    var found = Pattern.ColumnOrder[start..stop].BinarySearch(first);
                    Places[(c * columns) + j] = start + (found < 0 ? ~found : found);
                }
            }
        }
    }

    /// <summary>Goes through a chunk of rows, and on in each column.</summary>
    private ref struct Copying : IChunkedWork
    {
        public SparsePattern Pattern;
        public Span<int> Places;
        public int ChunkCount;
        public TElement* Weights;
        public TElement* Slopes;
        public TElement* IntoWeights;
        public TElement* IntoSlopes;
        public int Step;

        public readonly void Run(int chunk)
        {
            var places = Places.Slice(chunk * Pattern.Columns, Pattern.Columns);
            var columns = Pattern.ColumnIndices;
            var end = Start(Pattern, chunk + 1, ChunkCount);
            for (var p = Start(Pattern, chunk, ChunkCount); p < end; p++)
            {
                var place = (nint)places[columns[p]]++ * Step;
                if (Weights != null)
                {
                    IntoWeights[place] = Weights[p];
                }

                if (Slopes != null)
                {
                    IntoSlopes[place] = Slopes[p];
                }
            }
        }
    }
}
