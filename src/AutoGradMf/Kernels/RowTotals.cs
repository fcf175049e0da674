using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// What a dense loop sums over the columns of each row, for products with a matrix: the rows of each result, padded to whole registers, and those
/// that fill a tile. A row is one chunk's.
/// </summary>
internal static unsafe class RowTotals
{
    /// <summary>How many numbers there are for each row of one result.</summary>
    public static int Width<TElement>(in LoopResult<TElement> result)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        result.Kind == LoopResultKind.RowProduct ? ProductTile.Stride<TElement>(result.With.Columns) : 0;

    /// <summary>Writes rows where the result goes.</summary>
    /// <param name="totals">The first of the rows.</param>
    /// <param name="result">A product.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="endRow">The row after the last.</param>
    public static void Write<TElement>(TElement* totals, in LoopResult<TElement> result, int firstRow, int endRow)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (columns, stride) = (result.Into.Columns, Width(in result));
        var into = result.Into.Span[(firstRow * columns)..(endRow * columns)];
        for (var at = 0; at < into.Length; at += columns, totals += stride)
        {
            new ReadOnlySpan<TElement>(totals, columns).CopyTo(into[at..]);
        }
    }
}
