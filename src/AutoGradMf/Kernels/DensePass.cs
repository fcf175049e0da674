using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>
/// The chunks of a <see cref="DenseLoop"/>: evaluates the function tile by tile, and within a tile of columns, whose rows of the right
/// matrices then stay in the cache, some rows at a time.
/// </summary>
internal unsafe ref struct DensePass<TFunction, TElement> : IChunkedWork
    where TFunction : struct, IEntryFunction
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The first of the rows, of all that the operands have, a multiple of <see cref="ProductTile.Rows"/>; what is stored begins with it.</summary>
    public int First;

    public int Rows;
    public int Columns;
    public Tiling Tiling;
    public ReadOnlySpan<Operand<TElement>> Inputs;
    public ReadOnlySpan<LoopResult<TElement>> Results;
    public LoopScratch<TElement> Scratch;
    public int Slots;
    public int SumCount;
    public double* Sums;
    public int PaddedColumns;
    public nint TotalsPerChunk;
    public TElement* Totals;
    public TElement* Extremes;
    public int ChunkCount;


    [ThreadStatic]
    private static PinnedBuffer<TElement>? _lines;

    public readonly void Run(int chunk)
    {
        var (firstRow, endRow) = (First + Tiling.Start(Rows, chunk, ChunkCount), First + Tiling.Start(Rows, chunk + 1, ChunkCount));
        var outputs = SumCount + Slots;
        var capacity = (Tiling.Capacity + Tiling.Register - 1) / Tiling.Register * Tiling.Register;

        // Cleared: lanes beyond the last point must not hold what was there before, since the runtime's exponential of a register rounds all
        // of its lanes otherwise when one is out of range.
        var memory = (_lines ??= new()).Reserve((long)(Inputs.Length + outputs) * capacity);
        new Span<TElement>(memory, (Inputs.Length + outputs) * capacity).Clear();
        var block = new PointBlock<TElement>(memory, Inputs.Length, outputs, capacity);
        var sums = new Span<double>(Sums + (chunk * SumCount), SumCount);
        var totals = Totals + (chunk * TotalsPerChunk);
        sums.Clear();
        block.FillScalars(Inputs);
        Clear(firstRow, endRow, totals);
        for (var j = 0; j < Columns; j += Tiling.Columns)
        {
            var columns = Math.Min(Tiling.Columns, Columns - j);
            for (var i = firstRow; i < endRow; i += Tiling.Rows)
            {
                var tile = new Tile(i, Math.Min(Tiling.Rows, endRow - i), j, columns, Tiling.Stride(columns), Columns);
                Prefetch(tile);
                Read(block, tile);
                FlopCount.AddPoints<TFunction>(Inputs.Length, outputs, tile.Rows * tile.Columns);
                block.Evaluate<TFunction>(tile.Count);
                AddSums(block, sums, tile);
                Write(block, tile, totals);
            }
        }
    }

    private static void AddSums(PointBlock<TElement> block, Span<double> sums, Tile tile)
    {
        if (tile.Stride == tile.Columns)
        {
            block.AddTo(sums, tile.Count);
            return;
        }

        for (var r = 0; r < tile.Rows; r++)
        {
            block.AddTo(sums, tile.Columns, r * tile.Stride);
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

    /// <summary>Asks for the data of a tile, which comes while its dot products are computed.</summary>
    private readonly void Prefetch(Tile tile)
    {
        foreach (ref readonly var input in Inputs)
        {
            if (input.Kind == OperandKind.Entry && !input.IsWide && Tiling.IsMultiplied && Sse.IsSupported)
            {
                fixed (TElement* first = input.Values.Span)
                {
                    for (var r = 0; r < tile.Rows; r++)
                    {
                        var row = first + tile.First + (r * (nint)Columns);
                        for (var c = 0; c < tile.Columns; c += CacheLine.Bytes / sizeof(TElement))
                        {
                            Sse.Prefetch1(row + c);
                        }
                    }
                }
            }
        }
    }

    private readonly void Read(PointBlock<TElement> block, Tile tile)
    {
        for (var i = 0; i < Inputs.Length; i++)
        {
            var line = block.Input(i);
            if (Inputs[i].Kind == OperandKind.Dot)
            {
                TileProducts.Dots(Scratch.Tiles.Left[i], Scratch.Tiles.Panels[i], Inputs[i].Right.Columns, tile, line);
            }
            else if (Inputs[i].Kind == OperandKind.Entry && tile.IsContiguous)
            {
                OperandReading.Copy(in Inputs[i], tile.First, tile.Count, line);
            }
            else if (Inputs[i].Kind == OperandKind.Row && tile.Stride == 1)
            {
                OperandReading.Copy(in Inputs[i], tile.Row, tile.Rows, line);
            }
            else
            {
                for (var r = 0; r < tile.Rows; r++)
                {
                    ReadRow(in Inputs[i], line + (r * tile.Stride), tile, r);
                }
            }
        }
    }

    private readonly void ReadRow(ref readonly Operand<TElement> input, TElement* line, Tile tile, int r)
    {
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
            case OperandKind.SparseTimesDense:
                OperandReading.MultiplySparse(in input, tile.Row + r, tile.Column, tile.Columns, line);
                break;
            case OperandKind.DenseTimesSparse:
                OperandReading.MultiplyDense(in input, tile.Row + r, tile.Column, tile.Columns, line);
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
                    new Span<TElement>(line, tile.Count).CopyTo(Results[q].Into.Span[Stored(tile)..]);
                    break;
                case LoopResultKind.ColumnSums:
                    FlopCount.Add(tile.Rows * tile.Columns);
                    Simd.AddRows(line, tile.Stride, tile.Rows, totals + tile.Column, tile.Columns);
                    break;
                case LoopResultKind.RowProduct:
                    TileProducts.AddRows(line, Scratch.Tiles.With[q], tile, Results[q].Into);
                    break;
                case LoopResultKind.ColumnProduct:
                    TileProducts.AddColumns(line, Scratch.Tiles.With[q], tile, Results[q].With.Columns, totals);
                    break;
                case var kind when RowExtremes.Include(kind):
                    AddExtremes(q, line, tile, extremes);
                    extremes += RowExtremes.IsPlace(kind) ? Rows : 0;
                    break;
                default:
                    WriteRows(q, line, tile);
                    break;
            }

            totals += (nint)PaddedColumns * ColumnTotals.Stride(in Results[q]);
        }
    }

    /// <summary>Where the first point of a tile is stored.</summary>
    private readonly int Stored(Tile tile) => tile.First - (First * Columns);

    private readonly void WriteRows(int q, TElement* line, Tile tile)
    {
        var into = Results[q].Into.Span;
        for (var r = 0; r < tile.Rows; r++, line += tile.Stride)
        {
            if (Results[q].Kind == LoopResultKind.RowSums)
            {
                into[tile.Row + r] += TElement.CreateTruncating(Simd.Sum(line, tile.Columns));
            }
            else
            {
                new Span<TElement>(line, tile.Columns).CopyTo(into[(Stored(tile) + (r * Columns))..]);
            }
        }
    }

    private readonly void AddExtremes(int q, TElement* line, Tile tile, TElement* extremes)
    {
        for (var r = 0; r < tile.Rows; r++)
        {
            var run = new ReadOnlySpan<TElement>(line + (r * tile.Stride), tile.Columns);
            ref var into = ref Results[q].Into.Span[tile.Row + r];
            if (RowExtremes.Add(Results[q].Kind, run, ref into, extremes + tile.Row + r) is >= 0 and var place)
            {
                into = TElement.CreateTruncating(tile.Column + place);
            }
        }
    }
}
