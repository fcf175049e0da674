using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// Sums over rows of numbers per stored entry: walks the entries in column order, so that no two threads share a destination.
/// </summary>
internal static unsafe class ColumnPass
{
    private const int BlockCapacity = 256;
    private const int ChunkEntries = 1 << 12;

    /// <summary>Does every result that is summed over rows.</summary>
    /// <param name="pattern">The entries.</param>
    /// <param name="values">The entries' numbers, slot after slot.</param>
    /// <param name="results">Others than column sums and column products are passed over.</param>
    /// <param name="with">Of each column product, the rows it multiplies with.</param>
    /// <param name="workers">The threads.</param>
    public static void Run<TElement>(
        SparsePattern pattern,
        TElement* values,
        ReadOnlySpan<LoopResult<TElement>> results,
        ReadOnlySpan<PackedRows<TElement>> with,
        Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        fixed (int* rowIndices = pattern.RowIndices, order = pattern.ColumnOrder)
        {
            var work = new Work<TElement>
            {
                Pattern = pattern,
                RowIndices = rowIndices,
                Order = order,
                Values = values,
                Results = results,
                With = with,
                ChunkCount = Chunks.Count((long)pattern.Count + pattern.Columns, ChunkEntries),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    private ref struct Work<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SparsePattern Pattern;
        public int* RowIndices;
        public int* Order;
        public TElement* Values;
        public ReadOnlySpan<LoopResult<TElement>> Results;
        public ReadOnlySpan<PackedRows<TElement>> With;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var pointers = Pattern.ColumnPointers;
            var end = Chunks.Start(pointers, chunk + 1, ChunkCount);
            for (var j = Chunks.Start(pointers, chunk, ChunkCount); j < end; j++)
            {
                SumColumn(j, (int)pointers[j], (int)pointers[j + 1]);
            }
        }

        [SkipLocalsInit]
        private readonly void SumColumn(int j, int start, int end)
        {
            var line = stackalloc TElement[BlockCapacity];
            Clear(j);
            for (var place = start; place < end; place += BlockCapacity)
            {
                var count = Math.Min(BlockCapacity, end - place);
                var gathered = -1;
                for (var r = 0; r < Results.Length; r++)
                {
                    if (Results[r].Kind is not (LoopResultKind.ColumnSums or LoopResultKind.ColumnProduct))
                    {
                        continue;
                    }

                    if (gathered != Results[r].Slot)
                    {
                        gathered = Results[r].Slot;
                        Gather(gathered, place, count, line);
                    }

                    Add(r, j, line, place, count);
                }
            }
        }

        private readonly void Clear(int j)
        {
            foreach (ref readonly var result in Results)
            {
                if (result.Kind is LoopResultKind.ColumnSums)
                {
                    result.Into.Span[j] = TElement.Zero;
                }
                else if (result.Kind is LoopResultKind.ColumnProduct)
                {
                    result.Into.Span.Slice(j * result.With.Columns, result.With.Columns).Clear();
                }
            }
        }

        private readonly void Gather(int slot, int place, int count, TElement* line)
        {
            var values = Values + ((nint)slot * Pattern.Count);
            for (var p = 0; p < count; p++)
            {
                line[p] = values[Order[place + p]];
            }
        }

        private readonly void Add(int r, int j, TElement* line, int place, int count)
        {
            var into = Results[r].Into.Span;
            if (Results[r].Kind == LoopResultKind.ColumnSums)
            {
                into[j] += TElement.CreateTruncating(Simd.Sum(line, count));
            }
            else
            {
                var width = Results[r].With.Columns;
                PackedProduct.Add(line, 1, With[r], new ListedRows(RowIndices + place), count, into.Slice(j * width, width));
            }
        }
    }
}
