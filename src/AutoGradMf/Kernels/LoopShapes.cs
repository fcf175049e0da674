using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Checks once per call that the operands and results of a loop fit it.</summary>
internal static class LoopShapes
{
    /// <summary>How many numbers a result takes for each row, or column, of a loop.</summary>
    public delegate int WidthOf<TElement>(in LoopResult<TElement> result)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;

    /// <summary>How many all results take together.</summary>
    public static int Width<TElement>(ReadOnlySpan<LoopResult<TElement>> results, WidthOf<TElement> widthOf)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var width = 0;
        foreach (ref readonly var result in results)
        {
            width += widthOf(in result);
        }

        return width;
    }

    /// <summary>
    /// A loop over <paramref name="rows"/> × <paramref name="columns"/>, of which so many entries are stored, or all if null.
    /// </summary>
    public static void Check<TElement>(
        int rows, int columns, int? stored, ReadOnlySpan<Operand<TElement>> inputs, ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            ref readonly var input = ref inputs[i];
            var (foundRows, foundColumns) = input.IsWide
                ? (input.Wide.Rows, input.Wide.Columns)
                : (input.Values.Rows, input.Values.Columns);
            var fits = input.Kind switch
            {
                OperandKind.Scalar => true,
                OperandKind.Row => Shapes.IsVector(foundRows, foundColumns, rows),
                OperandKind.Column => Shapes.IsVector(foundRows, foundColumns, columns),
                OperandKind.Entry => IsEntries(foundRows, foundColumns, rows, columns, stored),
                OperandKind.Sparse => stored is null && IsSparse(in input, rows, columns),
                OperandKind.SparseTransposed => stored is null && IsSparse(in input, columns, rows),
                OperandKind.SparseTimesDense => stored is null && input.Right.Columns == columns && IsSparse(in input, rows, input.Right.Rows),
                OperandKind.DenseTimesSparse => stored is null && input.Right.Rows == rows && IsSparse(in input, input.Right.Columns, columns),
                _ => foundRows == rows && input.Right.Rows == columns,
            };
            if (!fits)
            {
                var found = input.Kind == OperandKind.Dot ? $"{foundRows}×{foundColumns} and {input.Right.Rows}×{input.Right.Columns}"
                    : input.Pattern is { } pattern ? $"{foundRows}×{foundColumns} on {pattern.Count} entries of {pattern.Rows}×{pattern.Columns}"
                    : $"{foundRows}×{foundColumns}";
                throw new ArgumentException(
                    $"{Loop(rows, columns, stored)} has no use for {found} as operand {i} ({input.Kind}).", nameof(inputs));
            }
        }

        for (var r = 0; r < results.Length; r++)
        {
            Check(rows, columns, stored, in results[r], r);
        }
    }

    /// <summary>How many results the function has: one more than the highest slot.</summary>
    public static int Slots<TElement>(ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var slots = 0;
        foreach (ref readonly var result in results)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(result.Slot, nameof(results));
            slots = Math.Max(slots, result.Slot + 1);
        }

        return slots;
    }

    private static void Check<TElement>(int rows, int columns, int? stored, in LoopResult<TElement> result, int number)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (into, with) = (result.Into, result.With);
        var fits = result.Kind switch
        {
            LoopResultKind.Store => IsEntries(into.Rows, into.Columns, rows, columns, stored),
            LoopResultKind.RowSums => Shapes.IsVector(into.Rows, into.Columns, rows),
            LoopResultKind.ColumnSums => Shapes.IsVector(into.Rows, into.Columns, columns),
            _ when RowExtremes.Include(result.Kind) => Shapes.IsVector(into.Rows, into.Columns, rows),
            LoopResultKind.RowProduct => with.Rows == columns && Shapes.Fits(into, rows, with.Columns),
            _ => with.Rows == rows && Shapes.Fits(into, columns, with.Columns),
        };
        if (!fits)
        {
            var isProduct = result.Kind is LoopResultKind.RowProduct or LoopResultKind.ColumnProduct;
            var product = isProduct ? $" from {with.Rows}×{with.Columns}" : "";
            throw new ArgumentException(
                $"{Loop(rows, columns, stored)} has no {into.Rows}×{into.Columns}{product} as result {number} ({result.Kind}).",
                nameof(result));
        }
    }

    private static bool IsSparse<TElement>(in Operand<TElement> input, int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        input.Pattern is { } pattern
        && Shapes.Fits(pattern.Rows, pattern.Columns, rows, columns)
        && Shapes.IsVector(input.Values.Rows, input.Values.Columns, pattern.Count);

    private static string Loop(int rows, int columns, int? stored) =>
        stored is { } count ? $"A loop over {count} entries of {rows}×{columns}" : $"A loop over {rows}×{columns}";

    private static bool IsEntries(int foundRows, int foundColumns, int rows, int columns, int? stored) =>
        stored is { } count
            ? Shapes.IsVector(foundRows, foundColumns, count)
            : Shapes.Fits(foundRows, foundColumns, rows, columns);
}
