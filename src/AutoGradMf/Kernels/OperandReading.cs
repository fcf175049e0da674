using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

/// <summary>Writes an operand's numbers, in the element type, where a loop evaluates its function.</summary>
internal static unsafe class OperandReading
{
    /// <summary>Writes <paramref name="count"/> elements of an operand's numbers from <paramref name="start"/> on.</summary>
    public static void Copy<TElement>(in Operand<TElement> operand, int start, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var line = new Span<TElement>(into, count);
        if (operand.IsWide)
        {
            Conversion.Convert<double, TElement>(operand.Wide.Span.Slice(start, count), line);
        }
        else
        {
            operand.Values.Span.Slice(start, count).CopyTo(line);
        }
    }

    /// <summary>Writes element <paramref name="index"/> of an operand's numbers <paramref name="count"/> times.</summary>
    public static void Repeat<TElement>(in Operand<TElement> operand, int index, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new Span<TElement>(into, count).Fill(
            operand.IsWide ? TElement.CreateTruncating(operand.Wide.Span[index]) : operand.Values.Span[index]);

    /// <summary>Writes a sparse operand's elements of row <paramref name="row"/> in columns from <paramref name="start"/> on.</summary>
    public static void Scatter<TElement>(in Operand<TElement> operand, int row, int start, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = operand.Pattern!;
        var isTransposed = operand.Kind == OperandKind.SparseTransposed;
        var pointers = isTransposed ? pattern.ColumnPointers : pattern.RowPointers;
        var first = (int)pointers[row];
        var places = (isTransposed ? pattern.RowIndices : pattern.ColumnIndices)[first..(int)pointers[row + 1]];
        var values = operand.Values.Span;
        new Span<TElement>(into, count).Clear();
        var from = places.BinarySearch(start);
        for (var p = from < 0 ? ~from : from; p < places.Length && places[p] < start + count; p++)
        {
            into[places[p] - start] = values[isTransposed ? pattern.ColumnOrder[first + p] : first + p];
        }
    }

    /// <summary>Writes row <paramref name="row"/> of a sparse matrix times the columns of a dense one from <paramref name="start"/> on.</summary>
    public static void MultiplySparse<TElement>(in Operand<TElement> operand, int row, int start, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = operand.Pattern!;
        var (first, end) = ((int)pattern.RowPointers[row], (int)pattern.RowPointers[row + 1]);
        var values = operand.Values.Span;
        var line = new Span<TElement>(into, count);
        line.Clear();
        for (var p = first; p < end; p++)
        {
            TensorPrimitives.MultiplyAdd(operand.Right.Row(pattern.ColumnIndices[p]).Slice(start, count), values[p], line, line);
        }

        FlopCount.Add(2L * (end - first) * count);
    }

    /// <summary>Writes row <paramref name="row"/> of a dense matrix times the columns of a sparse one from <paramref name="start"/> on.</summary>
    public static void MultiplyDense<TElement>(in Operand<TElement> operand, int row, int start, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = operand.Pattern!;
        var values = operand.Values.Span;
        var factors = operand.Right.Row(row);
        for (var j = 0; j < count; j++)
        {
            var sum = TElement.Zero;
            for (var p = (int)pattern.ColumnPointers[start + j]; p < pattern.ColumnPointers[start + j + 1]; p++)
            {
                sum += factors[pattern.RowIndices[p]] * values[pattern.ColumnOrder[p]];
            }

            into[j] = sum;
        }

        FlopCount.Add(2 * (pattern.ColumnPointers[start + count] - pattern.ColumnPointers[start]));
    }

    /// <summary>Writes the elements of an operand's numbers that are listed.</summary>
    public static void Gather<TElement>(in Operand<TElement> operand, ReadOnlySpan<int> list, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (operand.IsWide)
        {
            var wide = operand.Wide.Span;
            for (var p = 0; p < list.Length; p++)
            {
                into[p] = TElement.CreateTruncating(wide[list[p]]);
            }

            return;
        }

        var values = operand.Values.Span;
        for (var p = 0; p < list.Length; p++)
        {
            into[p] = values[list[p]];
        }
    }
}
