using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Evaluates a function at every point of rows × columns: an elementwise loop over a thin matrix, or a stream over all pairs of a
/// user and a movie, of which no more than a tile per thread is ever held.
/// </summary>
public static partial class DenseLoop
{
    private const int BlockCapacity = 512;
    private const int TileColumns = 64;
    private const int ChunkPoints = 1 << 13;

    /// <summary>Sums over rows are held once per chunk, so there are few chunks where there are such sums.</summary>
    private const int MostChunksWithColumnTotals = 16;

    /// <summary>
    /// At every point (i, j) of rows × columns, evaluates <typeparamref name="TFunction"/> at the operands' numbers there. Of its
    /// outputs, the first ones are summed into <paramref name="sums"/>, in double; slot s of a result is output
    /// <c>sums.Length + s</c>. O(rows · columns · k) for dot products and products over k columns, in O((rows + columns) · k)
    /// memory, 16 times columns · k where results are summed over rows. Deterministic, whatever the number of threads.
    /// </summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="inputs">The function's operands.</param>
    /// <param name="sums">Receives Σ output[s] over all points for each s.</param>
    /// <param name="results">
    /// What to do with the other outputs. A destination must not overlap an operand, unless it stores in place.
    /// </param>
    /// <param name="scratch">Buffers to reuse from call to call.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">An operand or a destination does not fit the loop; the message names both shapes.</exception>
    public static unsafe void Evaluate<TFunction, TElement>(
        int rows,
        int columns,
        ReadOnlySpan<Operand<TElement>> inputs,
        Span<double> sums,
        ReadOnlySpan<LoopResult<TElement>> results,
        LoopScratch<TElement> scratch,
        Workers workers)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(workers);
        LoopShapes.Check(rows, columns, null, inputs, results);
        scratch.Pack(inputs, results, workers);

        var totals = ColumnTotals.Width(results);
        var most = Math.Min(totals > 0 ? MostChunksWithColumnTotals : Chunks.Most, Math.Max(rows, 1));
        var chunks = Chunks.Count((long)rows * columns, ChunkPoints, most);
        var pass = new Pass<TFunction, TElement>
        {
            Rows = rows,
            Columns = columns,
            Inputs = inputs,
            Results = results,
            Scratch = scratch,
            Slots = LoopShapes.Slots(results),
            SumCount = sums.Length,
            Sums = scratch.Sums.Reserve((long)chunks * sums.Length),
            TotalsPerChunk = (nint)totals * columns,
            Totals = scratch.ColumnTotals.Reserve((long)chunks * totals * columns),
            Extremes = scratch.Extremes.Reserve((long)RowExtremes.Places(results) * rows),
            ChunkCount = chunks,
        };
        workers.Run(ref pass, chunks);
        LoopSums.Add(pass.Sums, chunks, sums);
        if (totals > 0)
        {
            ColumnTotals.Reduce(columns, pass.Totals, pass.TotalsPerChunk, chunks, results, workers);
        }
    }

    /// <summary>
    /// Evaluates the function tile by tile, and within a tile of columns, whose rows of the right matrices then stay in the cache,
    /// some rows at a time.
    /// </summary>
    private unsafe ref struct Pass<TFunction, TElement> : IChunkedWork
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public int Rows;
        public int Columns;
        public ReadOnlySpan<Operand<TElement>> Inputs;
        public ReadOnlySpan<LoopResult<TElement>> Results;
        public LoopScratch<TElement> Scratch;
        public int Slots;
        public int SumCount;
        public double* Sums;
        public nint TotalsPerChunk;
        public TElement* Totals;
        public TElement* Extremes;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var (firstRow, endRow) = (Chunks.Start(Rows, chunk, ChunkCount), Chunks.Start(Rows, chunk + 1, ChunkCount));
            var outputs = SumCount + Slots;

            // Cleared: lanes beyond the last point must not hold what the stack did, since the runtime's exponential of a register rounds all
            // of its lanes otherwise when one is out of range.
            var memory = stackalloc TElement[(Inputs.Length + outputs) * BlockCapacity];
            var block = new PointBlock<TElement>(memory, Inputs.Length, outputs, BlockCapacity);
            var sums = new Span<double>(Sums + (chunk * SumCount), SumCount);
            var totals = Totals + (chunk * TotalsPerChunk);
            sums.Clear();
            block.FillScalars(Inputs);
            Clear(firstRow, endRow, totals);

            var tileColumns = Math.Clamp(Columns, 1, Rows == 1 || Columns <= BlockCapacity / 2 ? BlockCapacity : TileColumns);
            var tileRows = BlockCapacity / tileColumns;
            for (var j = 0; j < Columns; j += tileColumns)
            {
                for (var i = firstRow; i < endRow; i += tileRows)
                {
                    var tile = new Tile(i, Math.Min(tileRows, endRow - i), j, Math.Min(tileColumns, Columns - j), Columns);
                    Read(block, tile);
                    block.Evaluate<TFunction>(tile.Count);
                    block.AddTo(sums, tile.Count);
                    Write(block, tile, totals);
                }
            }
        }

        private readonly void Clear(int firstRow, int endRow, TElement* totals)
        {
            foreach (ref readonly var result in Results)
            {
                if (result.Kind is LoopResultKind.RowSums or LoopResultKind.RowProduct)
                {
                    var width = result.Kind == LoopResultKind.RowSums ? 1 : result.With.Columns;
                    result.Into.Span[(firstRow * width)..(endRow * width)].Clear();
                }
                else if (RowExtremes.Include(result.Kind))
                {
                    RowExtremes.Clear(in result, firstRow, endRow);
                }
            }

            for (nint t = 0; t < TotalsPerChunk; t++)
            {
                totals[t] = TElement.Zero;
            }
        }

        private readonly void Read(PointBlock<TElement> block, Tile tile)
        {
            for (var i = 0; i < Inputs.Length; i++)
            {
                var line = block.Input(i);
                if (Inputs[i].Kind == OperandKind.Entry && tile.IsContiguous)
                {
                    OperandReading.Copy(in Inputs[i], tile.First, tile.Count, line);
                }
                else if (Inputs[i].Kind == OperandKind.Row && tile.Columns == 1)
                {
                    OperandReading.Copy(in Inputs[i], tile.Row, tile.Rows, line);
                }
                else
                {
                    for (var r = 0; r < tile.Rows; r++)
                    {
                        ReadRow(i, line + (r * tile.Columns), tile, r);
                    }
                }
            }
        }

        private readonly void ReadRow(int i, TElement* line, Tile tile, int r)
        {
            ref readonly var input = ref Inputs[i];
            switch (input.Kind)
            {
                case OperandKind.Entry:
                    OperandReading.Copy(in input, tile.First + (r * Columns), tile.Columns, line);
                    break;
                case OperandKind.Row:
                    OperandReading.Repeat(in input, tile.Row + r, tile.Columns, line);
                    break;
                case OperandKind.Column:
                    OperandReading.Copy(in input, tile.Column, tile.Columns, line);
                    break;
                case OperandKind.Sparse or OperandKind.SparseTransposed:
                    OperandReading.Scatter(in input, tile.Row + r, tile.Column, tile.Columns, line);
                    break;
                case OperandKind.Dot:
                    var columns = new ConsecutiveRows(tile.Column);
                    PackedDots.Evaluate(Scratch.Left[i][tile.Row + r], Scratch.Right[i], columns, tile.Columns, line);
                    break;
                default:
                    break;
            }
        }

        private readonly void Write(PointBlock<TElement> block, Tile tile, TElement* totals)
        {
            var extremes = Extremes;
            for (var q = 0; q < Results.Length; q++)
            {
                var line = block.Output(SumCount + Results[q].Slot);
                switch (Results[q].Kind)
                {
                    case LoopResultKind.Store when tile.IsContiguous:
                        new Span<TElement>(line, tile.Count).CopyTo(Results[q].Into.Span[tile.First..]);
                        break;
                    case LoopResultKind.ColumnSums:
                        Simd.AddRows(line, tile.Columns, tile.Rows, totals + tile.Column, tile.Columns);
                        totals += Columns;
                        break;
                    case LoopResultKind.ColumnProduct:
                        AddColumnProduct(q, line, tile, totals);
                        totals += (nint)Columns * Results[q].With.Columns;
                        break;
                    case var kind when RowExtremes.Include(kind):
                        AddExtremes(q, line, tile, extremes);
                        extremes += RowExtremes.IsPlace(kind) ? Rows : 0;
                        break;
                    default:
                        for (var r = 0; r < tile.Rows; r++)
                        {
                            WriteRow(q, line + (r * tile.Columns), tile, r);
                        }

                        break;
                }
            }
        }

        private readonly void WriteRow(int q, TElement* line, Tile tile, int r)
        {
            var into = Results[q].Into.Span;
            switch (Results[q].Kind)
            {
                case LoopResultKind.Store:
                    new Span<TElement>(line, tile.Columns).CopyTo(into[(tile.First + (r * Columns))..]);
                    break;
                case LoopResultKind.RowSums:
                    into[tile.Row + r] += TElement.CreateTruncating(Simd.Sum(line, tile.Columns));
                    break;
                default:
                    var width = Results[q].With.Columns;
                    var row = into.Slice((tile.Row + r) * width, width);
                    PackedProduct.Add(line, 1, Scratch.With[q], new ConsecutiveRows(tile.Column), tile.Columns, row);
                    break;
            }
        }

        private readonly void AddExtremes(int q, TElement* line, Tile tile, TElement* extremes)
        {
            for (var r = 0; r < tile.Rows; r++)
            {
                var run = new ReadOnlySpan<TElement>(line + (r * tile.Columns), tile.Columns);
                ref var into = ref Results[q].Into.Span[tile.Row + r];
                if (RowExtremes.Add(Results[q].Kind, run, ref into, extremes + tile.Row + r) is >= 0 and var place)
                {
                    into = TElement.CreateTruncating(tile.Column + place);
                }
            }
        }

        private readonly void AddColumnProduct(int q, TElement* line, Tile tile, TElement* totals)
        {
            var width = Results[q].With.Columns;
            for (var c = 0; c < tile.Columns; c++)
            {
                var into = new Span<TElement>(totals + ((nint)(tile.Column + c) * width), width);
                PackedProduct.Add(line + c, tile.Columns, Scratch.With[q], new ConsecutiveRows(tile.Row), tile.Rows, into);
            }
        }
    }

    /// <summary>A rectangle of points, evaluated together.</summary>
    private readonly record struct Tile(int Row, int Rows, int Column, int Columns, int LoopColumns)
    {
        /// <summary>How many points it has.</summary>
        public int Count => Rows * Columns;

        /// <summary>The number of its first point, row after row.</summary>
        public int First => (Row * LoopColumns) + Column;

        /// <summary>Whether its points follow one another in a matrix.</summary>
        public bool IsContiguous => Rows == 1 || Columns == LoopColumns;
    }
}
