using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>
/// The chunks of a <see cref="DenseLoop"/>: evaluates the function tile by tile. Some tiles side by side are a panel, whose rows of the right
/// matrices stay in the cache: all rows of a chunk go through a panel before the next.
/// </summary>
internal unsafe ref struct DensePass<TFunction, TElement> : IPreparedWork
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
    public int PaddedRows;
    public TElement* RowTotals;
    public TElement* Extremes;
    public int ChunkCount;

    [ThreadStatic]
    private static PinnedBuffer<TElement>? _lines;

    public readonly long Room => LinesLength + KeptLength;

    private readonly int LinesLength => (Inputs.Length + SumCount + Slots) * Tiling.LineLength;

    private readonly int KeptLength => Math.Max(Inputs.Length, Slots) * Tiling.TileLength;

    public readonly void Prepare() => (_lines ??= new()).Reserve(Room);

    public readonly void Run(int chunk)
    {
        var (firstRow, endRow) = (First + Tiling.Start(Rows, chunk, ChunkCount), First + Tiling.Start(Rows, chunk + 1, ChunkCount));
        var (outputs, lineLength) = (SumCount + Slots, Tiling.LineLength);

        // Cleared: lanes beyond the last point must not hold what was there before, since the runtime's exponential of a register rounds all
        // of its lanes otherwise when one is out of range.
        var memory = (_lines ??= new()).Reserve(Room);
        new Span<TElement>(memory, (int)Room).Clear();
        var lines = stackalloc TElement*[Inputs.Length + outputs];
        var block = new PointBlock<TElement>(lines, Inputs.Length, outputs);
        block.Place(memory, lineLength);
        block.FillScalars(Inputs, lineLength);
        var kept = memory + LinesLength;
        var sums = new Span<double>(Sums + (chunk * LoopSums.Stride(SumCount)), SumCount);
        var totals = Totals + (chunk * TotalsPerChunk);
        sums.Clear();
        Clear(firstRow, endRow, totals);
        Tile next;
        for (var tile = At(firstRow, 0, endRow); tile.Rows > 0 && tile.Columns > 0; tile = next)
        {
            next = After(tile, firstRow, endRow);
            Multiply(kept, tile, next);
            Evaluate(block, kept, tile, sums);
            Write(kept, tile, totals);
        }

        WriteRowTotals(firstRow, endRow);
    }

    private readonly Tile At(int row, int column, int endRow)
    {
        var columns = Math.Min(Tiling.Columns, Columns - column);
        return new(row, Math.Min(Tiling.Rows, endRow - row), column, columns, Tiling.Stride(columns), Columns);
    }

    /// <summary>The next tile of the same rows in the panel, else of the next rows, else of the next panel.</summary>
    private readonly Tile After(Tile tile, int firstRow, int endRow)
    {
        var panel = tile.Column / Tiling.PanelColumns * Tiling.PanelColumns;
        var (row, column) = (tile.Row + Tiling.Rows, tile.Column + Tiling.Columns);
        return column < Math.Min(panel + Tiling.PanelColumns, Columns) ? At(tile.Row, column, endRow)
            : row < endRow ? At(row, panel, endRow)
            : At(firstRow, Math.Min(panel + Tiling.PanelColumns, Columns), endRow);
    }

    /// <summary>The dot products of a tile; between them it asks for the data of the next, which comes meanwhile.</summary>
    private readonly void Multiply(TElement* kept, Tile tile, Tile next)
    {
        for (var r = 0; r < tile.Rows; r += ProductTile.Rows)
        {
            var strip = tile with { Row = tile.Row + r, Rows = Math.Min(ProductTile.Rows, tile.Rows - r) };
            Prefetch(next with { Row = next.Row + r, Rows = Math.Min(ProductTile.Rows, next.Rows - r) });
            for (var i = 0; i < Inputs.Length; i++)
            {
                if (Inputs[i].Kind == OperandKind.Dot)
                {
                    var line = kept + (i * Tiling.TileLength) + (r * tile.Stride);
                    TileProducts.Dots(Scratch.Tiles.Left[i], Scratch.Tiles.Panels[i], Inputs[i].Right.Columns, strip, line);
                }
            }
        }
    }

    /// <summary>
    /// Evaluates the function: a row of a tile of products at a time, so that of a tile nothing is kept but dot products, and the results in their place.
    /// </summary>
    private readonly void Evaluate(PointBlock<TElement> block, TElement* kept, Tile tile, Span<double> sums)
    {
        FlopCount.AddPoints<TFunction>(Inputs.Length, SumCount + Slots, tile.Rows * tile.Columns);
        var height = Tiling.IsMultiplied ? 1 : tile.Rows;
        for (var r = 0; r < tile.Rows; r += height)
        {
            var strip = tile with { Row = tile.Row + r, Rows = height };
            var at = kept + (r * tile.Stride);
            for (var i = 0; i < Inputs.Length; i++)
            {
                if (Inputs[i].Kind == OperandKind.Dot)
                {
                    block.Input(i) = at + (i * Tiling.TileLength);
                }
                else if (r == 0 || Inputs[i].Kind != OperandKind.Column)
                {
                    Read(in Inputs[i], strip, block.Input(i));
                }
            }

            for (var s = 0; s < Slots; s++)
            {
                block.Output(SumCount + s) = at + (s * Tiling.TileLength);
            }

            block.Evaluate<TFunction>(strip.Count);
            block.AddTo(sums, strip.Rows * strip.Columns);
        }
    }

    private readonly void Clear(int firstRow, int endRow, TElement* totals)
    {
        var rowTotals = RowTotals;
        foreach (ref readonly var result in Results)
        {
            if (result.Kind == LoopResultKind.RowSums)
            {
                result.Into.Span[firstRow..endRow].Clear();
            }
            else if (result.Kind == LoopResultKind.RowProduct)
            {
                var width = Kernels.RowTotals.Width(in result);
                NativeMemory.Clear(rowTotals + ((firstRow - First) * (nint)width), (nuint)((endRow - firstRow) * (nint)width * sizeof(TElement)));
                rowTotals += PaddedRows * (nint)width;
            }
            else if (RowExtremes.Include(result.Kind))
            {
                RowExtremes.Clear(in result, firstRow, endRow);
            }
        }

        NativeMemory.Clear(totals, (nuint)(TotalsPerChunk * sizeof(TElement)));
    }

    /// <summary>Asks for the data of a tile.</summary>
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

    private readonly void Read(ref readonly Operand<TElement> input, Tile tile, TElement* line)
    {
        if (input.Kind == OperandKind.Entry && tile.IsContiguous)
        {
            OperandReading.Copy(in input, tile.First, tile.Count, line);
        }
        else if (input.Kind == OperandKind.Row && tile.Stride == 1)
        {
            OperandReading.Copy(in input, tile.Row, tile.Rows, line);
        }
        else
        {
            for (var r = 0; r < tile.Rows; r++)
            {
                ReadRow(in input, line + (r * tile.Stride), tile, r);
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

    private readonly void Write(TElement* kept, Tile tile, TElement* totals)
    {
        var extremes = Extremes;
        var rowTotals = RowTotals;
        for (var q = 0; q < Results.Length; q++)
        {
            var line = kept + (Results[q].Slot * Tiling.TileLength);
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
                    var rows = rowTotals + ((tile.Row - First) * (nint)Kernels.RowTotals.Width(in Results[q]));
                    TileProducts.AddRows(line, Scratch.Tiles.With[q], tile, Results[q].With.Columns, rows);
                    break;
                case LoopResultKind.ColumnProduct:
                    var panel = totals + (tile.Column * (nint)ColumnTotals.Width(in Results[q]));
                    TileProducts.AddColumns(line, Scratch.Tiles.With[q], tile, Results[q].With.Columns, panel);
                    break;
                case var kind when RowExtremes.Include(kind):
                    AddExtremes(q, line, tile, extremes);
                    extremes += RowExtremes.IsPlace(kind) ? Rows : 0;
                    break;
                default:
                    WriteRows(q, line, tile);
                    break;
            }

            totals += (nint)PaddedColumns * ColumnTotals.Width(in Results[q]);
            rowTotals += (nint)PaddedRows * Kernels.RowTotals.Width(in Results[q]);
        }
    }

    private readonly void WriteRowTotals(int firstRow, int endRow)
    {
        var totals = RowTotals;
        foreach (ref readonly var result in Results)
        {
            if (result.Kind == LoopResultKind.RowProduct)
            {
                var width = Kernels.RowTotals.Width(in result);
                Kernels.RowTotals.Write(totals + ((firstRow - First) * (nint)width), in result, firstRow, endRow);
                totals += PaddedRows * (nint)width;
            }
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
