using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Evaluates a function at every stored entry of a sparse pattern, and sums, keeps or multiplies what it gives.</summary>
public static partial class SampledLoop
{
    private const int LeastBlock = 64;
    private const int MostBlock = 256;

    /// <summary>
    /// What the rows of a block may take of a core's first cache, half of a small one, so that they are still there when they are added up.
    /// </summary>
    private const int BlockBytes = 1 << 14;
    private const int ChunkEntries = 1 << 12;

    /// <summary>
    /// At every stored entry (i, j) of an m × n pattern, evaluates <typeparamref name="TFunction"/> at the operands' numbers there.
    /// Of its outputs, the first ones are summed into <paramref name="sums"/>, in double; slot s of a result is output
    /// <c>sums.Length + s</c>. O(entries · k) for dot products and products over k columns, O((m + n) · k) memory, and for each
    /// slot that is summed over rows one number per entry of a band of rows. Deterministic, whatever the number of threads.
    /// </summary>
    /// <param name="pattern">The entries.</param>
    /// <param name="inputs">The function's operands.</param>
    /// <param name="sums">Receives Σ output[s] over all entries for each s.</param>
    /// <param name="results">
    /// What to do with the other outputs. A destination must not overlap an operand, unless it stores in place.
    /// </param>
    /// <param name="scratch">Buffers to reuse from call to call.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">An operand or a destination does not fit the pattern; the message names both shapes.</exception>
    public static unsafe void Evaluate<TFunction, TElement>(
        SparsePattern pattern,
        ReadOnlySpan<Operand<TElement>> inputs,
        Span<double> sums,
        ReadOnlySpan<LoopResult<TElement>> results,
        LoopScratch<TElement> scratch,
        Workers workers)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(workers);
        LoopShapes.Check(pattern.Rows, pattern.Columns, pattern.Count, inputs, results);
        scratch.Pack(inputs, results, workers);

        var bands = HasColumnResults(results) ? pattern.Bands : null;
        ColumnPass.Clear(results);
        fixed (int* columnIndices = pattern.ColumnIndices)
        {
            var slots = LoopShapes.Slots(results);
            var pass = new RowPass<TFunction, TElement>
            {
                Pattern = pattern,
                ColumnIndices = columnIndices,
                Inputs = inputs,
                Results = results,
                Scratch = scratch,
                Slots = slots,
                SumCount = sums.Length,
                KeptStride = bands?.MostEntries ?? 0,
                Kept = bands != null ? scratch.Kept.Reserve((long)slots * bands.MostEntries) : null,
                Extremes = scratch.Extremes.Reserve((long)RowExtremes.Places(results) * pattern.Rows),
                BlockCapacity = BlockCapacity(inputs, scratch),
            };
            sums.Clear();
            for (var band = 0; band < (bands?.Count ?? 1); band++)
            {
                var rows = bands?.RowsOf(band) ?? (0, pattern.Rows);
                pass.Run(rows, sums, workers);
                if (bands != null)
                {
                    // What the entries of the band gave, and its rows, are still in the cache.
                    ColumnPass.Add(bands, band, pass.Kept - pass.FirstEntry, pass.KeptStride, results, scratch.With, workers);
                }
            }
        }
    }

    /// <summary>How many entries are read, evaluated and added up at a time: as many as the cache has room for rows of the dot products.</summary>
    private static unsafe int BlockCapacity<TElement>(ReadOnlySpan<Operand<TElement>> inputs, LoopScratch<TElement> scratch)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var rowBytes = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            rowBytes += inputs[i].Kind == OperandKind.Dot ? scratch.Right[i].Stride * sizeof(TElement) : 0;
        }

        return Math.Clamp(BlockBytes / Math.Max(rowBytes, 1) / LeastBlock * LeastBlock, LeastBlock, MostBlock);
    }

    private static bool HasColumnResults<TElement>(ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var result in results)
        {
            if (ColumnPass.Includes(result.Kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Evaluates the function block by block, where a block is the next entries of a chunk, of whichever rows.</summary>
    private unsafe ref struct RowPass<TFunction, TElement> : IChunkedWork
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SparsePattern Pattern;
        public int* ColumnIndices;
        public ReadOnlySpan<Operand<TElement>> Inputs;
        public ReadOnlySpan<LoopResult<TElement>> Results;
        public LoopScratch<TElement> Scratch;
        public int Slots;
        public int SumCount;
        public double* Sums;
        public nint KeptStride;
        public TElement* Kept;
        public TElement* Extremes;
        public int BlockCapacity;
        private int _firstRow;
        private int _endRow;
        private int _chunkCount;

        /// <summary>The first entry of the rows.</summary>
        public readonly int FirstEntry => (int)Pattern.RowPointers[_firstRow];

        /// <summary>Evaluates the entries of some rows, and adds to the sums.</summary>
        public void Run((int First, int End) rows, Span<double> sums, Workers workers)
        {
            (_firstRow, _endRow) = rows;
            var entries = Pattern.RowPointers[_endRow] - FirstEntry;
            _chunkCount = Chunks.Count(entries + _endRow - _firstRow, ChunkEntries);
            Sums = Scratch.Sums.Reserve((long)_chunkCount * LoopSums.Stride(SumCount));
            workers.Run(ref this, _chunkCount);
            LoopSums.Add(Sums, _chunkCount, sums);
        }

        public readonly void Run(int chunk)
        {
            var pointers = Pattern.RowPointers;
            var ofBand = pointers[_firstRow..(_endRow + 1)];
            var row = _firstRow + Chunks.Start(ofBand, chunk, _chunkCount);
            var endRow = _firstRow + Chunks.Start(ofBand, chunk + 1, _chunkCount);
            var outputs = SumCount + Slots;

            // Cleared: lanes beyond the last point must not hold what the stack did, since the runtime's exponential of a register rounds all
            // of its lanes otherwise when one is out of range.
            var memory = stackalloc TElement[(Inputs.Length + outputs) * BlockCapacity];
            var lines = stackalloc TElement*[Inputs.Length + outputs];
            var block = new PointBlock<TElement>(lines, Inputs.Length, outputs);
            block.Place(memory, BlockCapacity);
            var sums = new Span<double>(Sums + (chunk * LoopSums.Stride(SumCount)), SumCount);
            sums.Clear();
            block.FillScalars(Inputs, BlockCapacity);
            Clear(row, endRow);

            var end = (int)pointers[endRow];
            for (var start = (int)pointers[row]; start < end; start += BlockCapacity)
            {
                var count = Math.Min(BlockCapacity, end - start);
                while (pointers[row + 1] <= start)
                {
                    row++;
                }

                Prefetch(start + count, Math.Min(BlockCapacity, end - start - count));
                Read(block, row, start, count);
                FlopCount.AddPoints<TFunction>(Inputs.Length, SumCount + Slots, count);
                block.Evaluate<TFunction>(count);
                block.AddTo(sums, count);
                Write(block, row, start, count);
            }
        }

        /// <summary>Asks for what the dot products of the next block read.</summary>
        private readonly void Prefetch(int start, int count)
        {
            for (var i = 0; i < Inputs.Length; i++)
            {
                if (Inputs[i].Kind == OperandKind.Dot && RowPrefetch.Pays(Scratch.Right[i], Pattern.Columns))
                {
                    RowPrefetch.Ask(Scratch.Right[i], ColumnIndices + start, count);
                }
            }
        }

        private readonly void Clear(int row, int endRow)
        {
            foreach (ref readonly var result in Results)
            {
                if (result.Kind is LoopResultKind.RowSums or LoopResultKind.RowProduct)
                {
                    var columns = result.Kind == LoopResultKind.RowSums ? 1 : result.With.Columns;
                    result.Into.Span[(row * columns)..(endRow * columns)].Clear();
                }
                else if (RowExtremes.Include(result.Kind))
                {
                    RowExtremes.Clear(in result, row, endRow);
                }
            }
        }

        private readonly void Read(PointBlock<TElement> block, int row, int start, int count)
        {
            for (var i = 0; i < Inputs.Length; i++)
            {
                ref readonly var input = ref Inputs[i];
                switch (input.Kind)
                {
                    case OperandKind.Entry:
                        OperandReading.Copy(in input, start, count, block.Input(i));
                        break;
                    case OperandKind.Column:
                        OperandReading.Gather(in input, new(ColumnIndices + start, count), block.Input(i));
                        break;
                    case OperandKind.Row or OperandKind.Dot:
                        ReadByRow(i, block.Input(i), row, start, count);
                        break;
                    default:
                        break;
                }
            }
        }

        private readonly void ReadByRow(int i, TElement* line, int row, int start, int count)
        {
            foreach (var segment in new RowSegments(Pattern.RowPointers, row, start, count))
            {
                if (Inputs[i].Kind == OperandKind.Row)
                {
                    OperandReading.Repeat(in Inputs[i], segment.Row, segment.Count, line + segment.Place);
                }
                else
                {
                    var columns = new ListedRows(ColumnIndices + start + segment.Place);
                    FlopCount.Add(2L * segment.Count * Inputs[i].Right.Columns);
                    PackedDots.Evaluate(Scratch.Left[i][segment.Row], Scratch.Right[i], columns, segment.Count, line + segment.Place);
                }
            }
        }

        private readonly void Write(PointBlock<TElement> block, int row, int start, int count)
        {
            for (var s = 0; s < Slots && Kept != null; s++)
            {
                new Span<TElement>(block.Output(SumCount + s), count).CopyTo(new(Kept + (s * KeptStride) + start - FirstEntry, count));
            }

            var extremes = Extremes;
            for (var r = 0; r < Results.Length; r++)
            {
                var line = block.Output(SumCount + Results[r].Slot);
                switch (Results[r].Kind)
                {
                    case LoopResultKind.Store:
                        new Span<TElement>(line, count).CopyTo(Results[r].Into.Span[start..]);
                        break;
                    case LoopResultKind.RowSums or LoopResultKind.RowProduct:
                        WriteByRow(r, line, row, start, count);
                        break;
                    case var kind when RowExtremes.Include(kind):
                        AddExtremes(r, line, row, start, count, extremes);
                        extremes += RowExtremes.IsPlace(kind) ? Pattern.Rows : 0;
                        break;
                    default:
                        break;
                }
            }
        }

        private readonly void AddExtremes(int r, TElement* line, int row, int start, int count, TElement* extremes)
        {
            foreach (var segment in new RowSegments(Pattern.RowPointers, row, start, count))
            {
                var run = new ReadOnlySpan<TElement>(line + segment.Place, segment.Count);
                ref var into = ref Results[r].Into.Span[segment.Row];
                if (RowExtremes.Add(Results[r].Kind, run, ref into, extremes + segment.Row) is >= 0 and var place)
                {
                    into = TElement.CreateTruncating(ColumnIndices[start + segment.Place + place]);
                }
            }
        }

        private readonly void WriteByRow(int r, TElement* line, int row, int start, int count)
        {
            var into = Results[r].Into.Span;
            var width = Results[r].With.Columns;
            foreach (var segment in new RowSegments(Pattern.RowPointers, row, start, count))
            {
                if (Results[r].Kind == LoopResultKind.RowSums)
                {
                    into[segment.Row] += TElement.CreateTruncating(Simd.Sum(line + segment.Place, segment.Count));
                }
                else
                {
                    // The rows were just read for the dot products and are still in the cache.
                    var columns = new ListedRows(ColumnIndices + start + segment.Place);
                    PackedProduct.Add(
                        line + segment.Place, 1, Scratch.With[r], columns, segment.Count, into.Slice(segment.Row * width, width));
                }
            }
        }
    }
}
