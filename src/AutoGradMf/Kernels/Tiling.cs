using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>How a dense loop cuts its points into tiles.</summary>
/// <param name="Rows">Rows of a tile.</param>
/// <param name="Columns">Columns of a tile; the last ones of a row may be fewer.</param>
/// <param name="PanelColumns">Columns of the tiles that all rows go through before the next ones, whole tiles.</param>
/// <param name="IsMultiplied">Whether tiles are products or are multiplied, so that their rows are whole registers.</param>
/// <param name="Register">The numbers of a register, and of a tile of the transpose.</param>
internal readonly record struct Tiling(int Rows, int Columns, int PanelColumns, bool IsMultiplied, int Register)
{
    private const int ElementwisePoints = 512;

    /// <summary>What a tile of products takes of a first-level cache, beside the rows that it multiplies.</summary>
    private const int TileBytes = 16 << 10;

    private const int TileHeight = 32;

    /// <summary>What the rows that a panel multiplies take of a second-level cache.</summary>
    private const int PanelBytes = 1 << 17;

    /// <summary>Room for the points of a tile.</summary>
    public int TileLength => RoundUp(Rows * Columns, Register);

    /// <summary>Room for the points that are evaluated at a time: a row of a tile of products, or another tile.</summary>
    public int LineLength => IsMultiplied ? Columns : TileLength;

    /// <summary>Of an operation over rows × columns.</summary>
    public static Tiling Of<TElement>(
        int rows, int columns, ReadOnlySpan<Operand<TElement>> inputs, ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var register = ProductTile.Stride<TElement>(1);
        if (IsProduct(inputs, results))
        {
            var most = TileBytes / TileHeight / System.Runtime.CompilerServices.Unsafe.SizeOf<TElement>();
            var width = Math.Min(most, RoundUp(Math.Max(columns, 1), register));
            var panel = PanelBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<TElement>() / Widest(inputs, results);
            return new(TileHeight, width, Math.Max(panel / width, 1) * width, true, register);
        }

        var run = Math.Clamp(columns, 1, ElementwisePoints);
        return new(rows == 1 ? 1 : Math.Max(1, ElementwisePoints / run), run, RoundUp(Math.Max(columns, 1), run), false, register);
    }

    /// <summary>How many groups of rows chunks may be cut between.</summary>
    public int RowUnits(int rows) => IsMultiplied ? ProductTile.RoundUp(rows) / ProductTile.Rows : rows;

    /// <summary>The first row of a chunk.</summary>
    public int Start(int rows, int chunk, int chunks) => IsMultiplied
        ? Math.Min(rows, Chunks.Start(RowUnits(rows), chunk, chunks) * ProductTile.Rows)
        : Chunks.Start(rows, chunk, chunks);

    /// <summary>Elements from one row of a tile of so many columns to the next.</summary>
    public int Stride(int columns) => IsMultiplied ? RoundUp(columns, Register) : columns;

    private static bool IsProduct<TElement>(ReadOnlySpan<Operand<TElement>> inputs, ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var input in inputs)
        {
            if (input.Kind == OperandKind.Dot)
            {
                return true;
            }
        }

        foreach (ref readonly var result in results)
        {
            if (result.Kind is LoopResultKind.RowProduct or LoopResultKind.ColumnProduct)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The most columns that a matrix has which tiles multiply.</summary>
    private static int Widest<TElement>(ReadOnlySpan<Operand<TElement>> inputs, ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var widest = 1;
        foreach (ref readonly var input in inputs)
        {
            widest = input.Kind == OperandKind.Dot ? Math.Max(widest, input.Right.Columns) : widest;
        }

        foreach (ref readonly var result in results)
        {
            widest = result.Kind is LoopResultKind.RowProduct or LoopResultKind.ColumnProduct ? Math.Max(widest, result.With.Columns) : widest;
        }

        return widest;
    }

    private static int RoundUp(int number, int multiple) => (number + multiple - 1) / multiple * multiple;
}

/// <summary>A rectangle of points of a dense loop, evaluated together.</summary>
/// <param name="Row">Its first row.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Column">Its first column.</param>
/// <param name="Columns">How many columns it has.</param>
/// <param name="Stride">Elements from one row of it to the next, where it is evaluated.</param>
/// <param name="LoopColumns">How many columns the loop has.</param>
internal readonly record struct Tile(int Row, int Rows, int Column, int Columns, int Stride, int LoopColumns)
{
    /// <summary>How many points are evaluated.</summary>
    public int Count => Rows * Stride;

    /// <summary>The number of its first point, row after row.</summary>
    public int First => (Row * LoopColumns) + Column;

    /// <summary>Whether its points follow one another in a matrix as they do where it is evaluated.</summary>
    public bool IsContiguous => Stride == Columns && (Rows == 1 || Columns == LoopColumns);
}
