using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The products of a tile of a dense loop: what it is made of, and what it is multiplied with.</summary>
internal static unsafe class TileProducts
{
    /// <summary>The tile becomes left · rightᵀ; its rows up to the next multiple of <see cref="ProductTile.Rows"/> are those of the rows that follow.</summary>
    /// <param name="left">The left rows.</param>
    /// <param name="panels">The right rows, transposed, a panel for each tile of columns.</param>
    /// <param name="k">The columns of both.</param>
    /// <param name="tile">Where.</param>
    /// <param name="line">The tile's numbers.</param>
    public static void Dots<TElement>(PackedRows<TElement> left, PackedRows<TElement> panels, int k, Tile tile, TElement* line)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add(2L * tile.Rows * tile.Columns * k);
        var panel = panels[tile.Column / panels.Stride * k];
        for (var r = 0; r < tile.Rows; r += ProductTile.Rows)
        {
            ProductTile.Multiply(
                left[tile.Row + r], 1, left.Stride, panel, panels.Stride, k, line + (r * tile.Stride), tile.Stride, tile.Stride, isAdding: false);
        }
    }

    /// <summary>totals[i, :] += Σ_j g[i, j] · with[j, :] over the columns of the tile, for each of its rows and those that fill a tile of products.</summary>
    /// <param name="line">The tile's numbers, g.</param>
    /// <param name="with">The rows that it is multiplied with.</param>
    /// <param name="tile">Where.</param>
    /// <param name="width">How many columns they have, without those that fill a register.</param>
    /// <param name="totals">The sums of the tile's rows.</param>
    public static void AddRows<TElement>(TElement* line, PackedRows<TElement> with, Tile tile, int width, TElement* totals)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var stride = with.Stride;
        FlopCount.Add(2L * tile.Rows * tile.Columns * width);
        for (var r = 0; r < tile.Rows; r += ProductTile.Rows)
        {
            ProductTile.Multiply(
                line + (r * tile.Stride), 1, tile.Stride, with[tile.Column], stride, tile.Columns, totals + (r * stride), stride, stride, isAdding: true);
        }
    }

    /// <summary>
    /// totals[l, j] += Σ_i g[i, j] · with[i, l] over the rows of the tile, for each of its columns j and as many l as fill whole tiles. Transposed, since
    /// columns of the tile fill registers where those of <paramref name="with"/> may not.
    /// </summary>
    /// <param name="line">The tile's numbers, g.</param>
    /// <param name="with">The rows that it is multiplied with.</param>
    /// <param name="tile">Where.</param>
    /// <param name="width">How many columns they have, without those that fill a register.</param>
    /// <param name="totals">The sums of the tile's columns, a row for each l.</param>
    public static void AddColumns<TElement>(TElement* line, PackedRows<TElement> with, Tile tile, int width, TElement* totals)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add(2L * tile.Rows * tile.Columns * width);
        for (var l = 0; l < width; l += ProductTile.Rows)
        {
            ProductTile.Multiply(
                with[tile.Row] + l, with.Stride, 1, line, tile.Stride, tile.Rows, totals + (l * (nint)tile.Stride), tile.Stride, tile.Stride, isAdding: true);
        }
    }
}
