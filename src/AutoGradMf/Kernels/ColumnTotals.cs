using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// What the chunks of a dense loop summed over their rows: for each chunk, and in it for each result that is summed over rows,
/// columns × stride numbers, of which the last columns only fill a tile.
/// </summary>
internal static unsafe class ColumnTotals
{
    private const int ChunkElements = 1 << 12;

    /// <summary>How many numbers a chunk holds per column.</summary>
    public static int Stride<TElement>(ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var stride = 0;
        foreach (ref readonly var result in results)
        {
            stride += Stride(in result);
        }

        return stride;
    }

    /// <summary>How many numbers a chunk holds per column for one result.</summary>
    public static int Stride<TElement>(in LoopResult<TElement> result)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => result.Kind switch
        {
            LoopResultKind.ColumnSums => 1,
            LoopResultKind.ColumnProduct => ProductTile.Stride<TElement>(result.With.Columns),
            _ => 0,
        };

    /// <summary>Adds the chunks, in their order, into the results' destinations.</summary>
    /// <param name="columns">How many columns the loop has.</param>
    /// <param name="paddedColumns">For how many a chunk has room.</param>
    /// <param name="totals">Of all chunks.</param>
    /// <param name="perChunk">How many numbers a chunk holds.</param>
    /// <param name="chunks">How many chunks there are.</param>
    /// <param name="results">Others than sums over rows are passed over.</param>
    /// <param name="workers">The threads.</param>
    public static void Reduce<TElement>(
        int columns, int paddedColumns, TElement* totals, nint perChunk, int chunks, ReadOnlySpan<LoopResult<TElement>> results, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var result in results)
        {
            var stride = Stride(in result);
            if (stride == 0 || columns == 0)
            {
                continue;
            }

            var work = new Reduction<TElement>
            {
                Into = result.Into.Span,
                Width = result.Into.Count / columns,
                Stride = stride,
                Columns = columns,
                Totals = totals,
                PerChunk = perChunk,
                Chunks = chunks,
                ChunkCount = Kernels.Chunks.Count((long)columns * stride, ChunkElements),
            };
            workers.Run(ref work, work.ChunkCount);
            totals += (nint)paddedColumns * stride;
        }
    }

    private ref struct Reduction<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public Span<TElement> Into;
        public int Width;
        public int Stride;
        public int Columns;
        public TElement* Totals;
        public nint PerChunk;
        public int Chunks;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var (start, end) = (Kernels.Chunks.Start(Columns, chunk, ChunkCount), Kernels.Chunks.Start(Columns, chunk + 1, ChunkCount));
            var into = Into[(start * Width)..(end * Width)];
            into.Clear();
            fixed (TElement* first = into)
            {
                if (Width == Stride)
                {
                    Simd.AddRows(Totals + ((nint)start * Stride), PerChunk, Chunks, first, into.Length);
                    return;
                }

                for (var j = start; j < end; j++)
                {
                    Simd.AddRows(Totals + ((nint)j * Stride), PerChunk, Chunks, first + ((nint)(j - start) * Width), Width);
                }
            }
        }
    }
}
