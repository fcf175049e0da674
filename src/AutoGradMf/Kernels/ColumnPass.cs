using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Sums over rows of numbers per stored entry: walks the entries of a band of rows in column order, so that no two threads share a destination,
/// then those of the next.
/// </summary>
internal static unsafe class ColumnPass
{
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
        var bands = pattern.Bands;
        fixed (int* rowIndices = bands.Rows, order = bands.Entries)
        {
            var work = new Work<TElement>
            {
                Entries = pattern.Count,
                RowIndices = rowIndices,
                Order = order,
                Values = values,
                Results = results,
                With = with,
            };
            for (var band = 0; band < bands.Count; band++)
            {
                work.IsFirst = band == 0;
                work.Pointers = bands.Pointers(band);
                work.ChunkCount = Chunks.Count(work.Pointers[^1] - work.Pointers[0] + pattern.Columns, ChunkEntries);
                workers.Run(ref work, work.ChunkCount);
            }
        }
    }

    private ref struct Work<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<long> Pointers;
        public bool IsFirst;
        public nint Entries;
        public int* RowIndices;
        public int* Order;
        public TElement* Values;
        public ReadOnlySpan<LoopResult<TElement>> Results;
        public ReadOnlySpan<PackedRows<TElement>> With;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var pointers = Pointers;
            var end = Chunks.Start(pointers, chunk + 1, ChunkCount);
            for (var j = Chunks.Start(pointers, chunk, ChunkCount); j < end; j++)
            {
                if (IsFirst)
                {
                    Clear(j);
                }

                if (pointers[j] < pointers[j + 1])
                {
                    SumColumn(j, (int)pointers[j], (int)(pointers[j + 1] - pointers[j]));
                }
            }
        }

        private readonly void SumColumn(int j, int start, int count)
        {
            for (var r = 0; r < Results.Length; r++)
            {
                var weights = new ListedWeights<TElement>(Values + ((nint)Results[r].Slot * Entries), Order + start);
                if (Results[r].Kind == LoopResultKind.ColumnSums)
                {
                    Results[r].Into.Span[j] += Sum(weights, count);
                }
                else if (Results[r].Kind == LoopResultKind.ColumnProduct)
                {
                    var width = Results[r].With.Columns;
                    PackedProduct.Add(weights, With[r], new ListedRows(RowIndices + start), count, Results[r].Into.Span.Slice(j * width, width));
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

        private static TElement Sum(ListedWeights<TElement> weights, int count)
        {
            FlopCount.Add(count);
            var sum = 0.0;
            for (var e = 0; e < count; e++)
            {
                sum += double.CreateTruncating(weights[e]);
            }

            return TElement.CreateTruncating(sum);
        }
    }
}
