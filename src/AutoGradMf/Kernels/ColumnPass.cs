using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Sums over rows of numbers per stored entry: walks the entries of a band of rows in column order, so that no two threads share a destination.
/// </summary>
internal static unsafe class ColumnPass
{
    private const int ChunkEntries = 1 << 12;

    /// <summary>Does every result that is summed over rows, of all entries' numbers.</summary>
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
        Clear(results);
        for (var band = 0; band < pattern.Bands.Count; band++)
        {
            Add(pattern.Bands, band, values, pattern.Count, results, with, workers);
        }
    }

    /// <summary>Whether a result is summed over rows.</summary>
    public static bool Includes(LoopResultKind kind) => kind is LoopResultKind.ColumnSums or LoopResultKind.ColumnProduct;

    /// <summary>Makes the results that are summed over rows zero.</summary>
    public static void Clear<TElement>(ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var result in results)
        {
            if (Includes(result.Kind))
            {
                result.Into.Span.Clear();
            }
        }
    }

    /// <summary>Adds the entries of a band to every result that is summed over rows.</summary>
    /// <param name="bands">The entries.</param>
    /// <param name="band">Which of them.</param>
    /// <param name="values">Number e of slot s is at <c>s · stride + e</c>.</param>
    /// <param name="stride">From one slot to the next.</param>
    /// <param name="results">Others than column sums and column products are passed over.</param>
    /// <param name="with">Of each column product, the rows it multiplies with.</param>
    /// <param name="workers">The threads.</param>
    public static void Add<TElement>(
        RowBands bands,
        int band,
        TElement* values,
        nint stride,
        ReadOnlySpan<LoopResult<TElement>> results,
        ReadOnlySpan<PackedRows<TElement>> with,
        Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        fixed (int* rows = bands.Rows, order = bands.Entries)
        {
            var pointers = bands.Pointers(band);
            var work = new Work<TElement>
            {
                Columns = bands.Columns(band),
                Pointers = pointers,
                Rows = rows,
                Order = order,
                Values = values,
                Stride = stride,
                Results = results,
                With = with,
                ChunkCount = Chunks.Count(pointers[^1] - pointers[0], ChunkEntries),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    private ref struct Work<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<int> Columns;
        public ReadOnlySpan<long> Pointers;
        public int* Rows;
        public int* Order;
        public TElement* Values;
        public nint Stride;
        public ReadOnlySpan<LoopResult<TElement>> Results;
        public ReadOnlySpan<PackedRows<TElement>> With;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var (first, end) = (Chunks.Start(Pointers, chunk, ChunkCount), Chunks.Start(Pointers, chunk + 1, ChunkCount));
            for (var r = 0; r < Results.Length; r++)
            {
                var values = Values + (Results[r].Slot * Stride);
                if (Results[r].Kind == LoopResultKind.ColumnSums)
                {
                    AddSums(first, end, values, Results[r].Into.Span);
                }
                else if (Results[r].Kind == LoopResultKind.ColumnProduct)
                {
                    var products = new Products<TElement>
                    {
                        Columns = Columns[first..end],
                        Pointers = Pointers[first..],
                        Rows = Rows,
                        Order = Order,
                        Values = values,
                        With = With[r],
                        Into = Results[r].Into,
                    };
                    RegisterChoice.Run<Products<TElement>, TElement>(ref products, With[r].Stride);
                }
            }
        }

        private readonly void AddSums(int first, int end, TElement* values, Span<TElement> into)
        {
            FlopCount.Add(Pointers[end] - Pointers[first]);
            for (var s = first; s < end; s++)
            {
                var sum = 0.0;
                for (var place = Pointers[s]; place < Pointers[s + 1]; place++)
                {
                    sum += double.CreateTruncating(values[Order[place]]);
                }

                into[Columns[s]] += TElement.CreateTruncating(sum);
            }
        }
    }

    /// <summary>The linear combinations of rows for some columns.</summary>
    private ref struct Products<TElement> : IRegisterWork<TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<int> Columns;
        public ReadOnlySpan<long> Pointers;
        public int* Rows;
        public int* Order;
        public TElement* Values;
        public PackedRows<TElement> With;
        public MatrixView<TElement> Into;

        public readonly void Run<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            var width = Into.Columns;
            var into = Into.Span;
            for (var s = 0; s < Columns.Length; s++)
            {
                var place = (nint)Pointers[s];
                PackedProduct.Add<TElement, TRegister, ListedWeights<TElement>, ListedRows>(
                    new(Values, Order + place),
                    With,
                    new(Rows + place),
                    (int)(Pointers[s + 1] - place),
                    into.Slice(Columns[s] * width, width));
            }
        }
    }
}
