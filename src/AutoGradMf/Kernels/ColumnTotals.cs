using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// What the chunks of a dense loop summed over their rows: for each chunk, and in it for each result that is summed over rows,
/// columns × width numbers.
/// </summary>
internal static unsafe class ColumnTotals
{
    private const int ChunkElements = 1 << 12;

    /// <summary>How many numbers a chunk holds per column.</summary>
    public static int Width<TElement>(ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var width = 0;
        foreach (ref readonly var result in results)
        {
            width += Width(in result);
        }

        return width;
    }

    /// <summary>Adds the chunks, in their order, into the results' destinations.</summary>
    public static void Reduce<TElement>(
        int columns, TElement* totals, nint perChunk, int chunks, ReadOnlySpan<LoopResult<TElement>> results, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var result in results)
        {
            var work = new Reduction<TElement>
            {
                Into = result.Into.Span,
                Count = columns * Width(in result),
                Totals = totals,
                PerChunk = perChunk,
                Chunks = chunks,
            };
            work.ChunkCount = Kernels.Chunks.Count(work.Count, ChunkElements);
            if (work.Count > 0)
            {
                workers.Run(ref work, work.ChunkCount);
                totals += work.Count;
            }
        }
    }

    private static int Width<TElement>(in LoopResult<TElement> result)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => result.Kind switch
        {
            LoopResultKind.ColumnSums => 1,
            LoopResultKind.ColumnProduct => result.With.Columns,
            _ => 0,
        };

    private ref struct Reduction<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public Span<TElement> Into;
        public int Count;
        public TElement* Totals;
        public nint PerChunk;
        public int Chunks;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var start = Kernels.Chunks.Start(Count, chunk, ChunkCount);
            var into = Into[start..Kernels.Chunks.Start(Count, chunk + 1, ChunkCount)];
            into.Clear();
            fixed (TElement* first = into)
            {
                Simd.AddRows(Totals + start, PerChunk, Chunks, first, into.Length);
            }
        }
    }
}
