using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// What the chunks of a dense loop summed over their rows: for each chunk, and in it for each result that is summed over rows, for each tile of
/// columns a row for every column of the result. So a tile adds to rows of its own width, which fill registers where those of the result may not.
/// </summary>
internal static unsafe class ColumnTotals
{
    private const int ChunkElements = 1 << 12;

    /// <summary>For how many columns there is room: those of the loop, and of its last tile those that fill a register.</summary>
    public static int PaddedColumns<TElement>(int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => ProductTile.Stride<TElement>(columns);

    /// <summary>How many numbers a chunk holds per column for one result: as many as it has columns, and those that fill a tile.</summary>
    public static int Width<TElement>(in LoopResult<TElement> result)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => result.Kind switch
        {
            LoopResultKind.ColumnSums => 1,
            LoopResultKind.ColumnProduct => ProductTile.RoundUp(result.With.Columns),
            _ => 0,
        };

    /// <summary>Adds the chunks, in their order, into the results' destinations.</summary>
    /// <param name="columns">How many columns the loop has.</param>
    /// <param name="tiling">How they are cut into tiles.</param>
    /// <param name="totals">Of all chunks.</param>
    /// <param name="perChunk">How many numbers a chunk holds.</param>
    /// <param name="chunks">How many chunks there are.</param>
    /// <param name="results">Others than sums over rows are passed over.</param>
    /// <param name="workers">The threads.</param>
    public static void Reduce<TElement>(
        int columns, Tiling tiling, TElement* totals, nint perChunk, int chunks, ReadOnlySpan<LoopResult<TElement>> results, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var result in results)
        {
            var width = Width(in result);
            if (width == 0 || columns == 0)
            {
                continue;
            }

            var tiles = (columns + tiling.Columns - 1) / tiling.Columns;
            var work = new Reduction<TElement>
            {
                Into = result.Into.Span,
                IntoWidth = result.Into.Count / columns,
                Width = width,
                Columns = columns,
                Tiling = tiling,
                Totals = totals,
                PerChunk = perChunk,
                Chunks = chunks,
                TileCount = tiles,
                ChunkCount = Kernels.Chunks.Count((long)columns * width, ChunkElements, tiles),
            };
            workers.Run(ref work, work.ChunkCount);
            totals += (nint)PaddedColumns<TElement>(columns) * width;
        }
    }

    private ref struct Reduction<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public Span<TElement> Into;
        public int IntoWidth;
        public int Width;
        public int Columns;
        public Tiling Tiling;
        public TElement* Totals;
        public nint PerChunk;
        public int Chunks;
        public int TileCount;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var line = stackalloc TElement[Tiling.Columns];
            var end = Kernels.Chunks.Start(TileCount, chunk + 1, ChunkCount);
            for (var tile = Kernels.Chunks.Start(TileCount, chunk, ChunkCount); tile < end; tile++)
            {
                var first = tile * Tiling.Columns;
                var columns = Math.Min(Tiling.Columns, Columns - first);
                var from = Totals + (first * (nint)Width);
                var stride = Tiling.Stride(columns);
                for (var l = 0; l < IntoWidth; l++)
                {
                    new Span<TElement>(line, columns).Clear();
                    Simd.AddRows(from + (l * (nint)stride), PerChunk, Chunks, line, columns);
                    for (var j = 0; j < columns; j++)
                    {
                        Into[((first + j) * IntoWidth) + l] = line[j];
                    }
                }
            }
        }
    }
}
