namespace AutoGradMf;

public sealed partial class SparseMatrix<TElement>
{
    /// <summary>The rows × columns matrix of the given entries, in any order. O(rows + columns + entries).</summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="entries">Row and column, counted from 0, and the value, which is stored also when it is zero.</param>
    /// <param name="duplicates">What becomes of several values for one entry; sums and means are taken in double.</param>
    /// <exception cref="ArgumentOutOfRangeException">An entry lies outside the matrix, or a size is negative.</exception>
    /// <exception cref="ArgumentException">An entry is given twice, and no policy says what to do.</exception>
    public static SparseMatrix<TElement> FromCoordinates(
        int rows,
        int columns,
        ReadOnlySpan<(int Row, int Column, TElement Value)> entries,
        DuplicatePolicy duplicates = DuplicatePolicy.Throw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        RequireInside(rows, columns, entries);
        var order = InRowOrder(rows, columns, entries);
        var pointers = new long[rows + 1];
        var columnIndices = new List<int>(entries.Length);
        var values = new List<TElement>(entries.Length);
        for (int start = 0, end; start < order.Length; start = end)
        {
            var (row, column, _) = entries[order[start]];
            end = start + 1;
            while (end < order.Length && entries[order[end]].Row == row && entries[order[end]].Column == column)
            {
                end++;
            }

            pointers[row + 1]++;
            columnIndices.Add(column);
            values.Add(end == start + 1 ? entries[order[start]].Value : Combine(entries, order.AsSpan(start, end - start), duplicates));
        }

        for (var i = 0; i < rows; i++)
        {
            pointers[i + 1] += pointers[i];
        }

        return new SparseMatrix<TElement>(new SparsePattern(rows, columns, pointers, [.. columnIndices]), [.. values]);
    }

    /// <inheritdoc cref="FromCoordinates(int, int, ReadOnlySpan{ValueTuple{int, int, TElement}}, DuplicatePolicy)"/>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="rowIndices">The row of each entry, counted from 0.</param>
    /// <param name="columnIndices">The column of each entry, counted from 0.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="duplicates">What becomes of several values for one entry.</param>
    public static SparseMatrix<TElement> FromCoordinates(
        int rows,
        int columns,
        ReadOnlySpan<int> rowIndices,
        ReadOnlySpan<int> columnIndices,
        ReadOnlySpan<TElement> values,
        DuplicatePolicy duplicates = DuplicatePolicy.Throw)
    {
        if (rowIndices.Length != values.Length || columnIndices.Length != values.Length)
        {
            throw new ArgumentException(
                $"Each entry has a row, a column and a value, and got {rowIndices.Length} rows, {columnIndices.Length} columns and "
                + $"{values.Length} values.");
        }

        var entries = new (int, int, TElement)[values.Length];
        for (var e = 0; e < entries.Length; e++)
        {
            entries[e] = (rowIndices[e], columnIndices[e], values[e]);
        }

        return FromCoordinates(rows, columns, entries, duplicates);
    }

    private static void RequireInside(int rows, int columns, ReadOnlySpan<(int Row, int Column, TElement Value)> entries)
    {
        for (var e = 0; e < entries.Length; e++)
        {
            var (row, column, _) = entries[e];
            if ((uint)row >= (uint)rows || (uint)column >= (uint)columns)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(entries),
                    $"Entry number {e} is at ({row}, {column}), outside the {rows}×{columns} matrix; rows and columns count from 0.");
            }
        }
    }

    /// <summary>The entries' numbers by row, then column, then as given: two stable counting sorts, by the lesser key first.</summary>
    private static int[] InRowOrder(int rows, int columns, ReadOnlySpan<(int Row, int Column, TElement Value)> entries)
    {
        var keys = new int[entries.Length];
        var order = new int[entries.Length];
        for (var e = 0; e < order.Length; e++)
        {
            order[e] = e;
            keys[e] = entries[e].Column;
        }

        order = StableSort(order, keys, columns);
        for (var e = 0; e < order.Length; e++)
        {
            keys[e] = entries[e].Row;
        }

        return StableSort(order, keys, rows);
    }

    private static int[] StableSort(int[] order, int[] keys, int keyCount)
    {
        var next = new int[keyCount + 1];
        foreach (var key in keys)
        {
            next[key + 1]++;
        }

        for (var key = 0; key < keyCount; key++)
        {
            next[key + 1] += next[key];
        }

        var sorted = new int[order.Length];
        foreach (var e in order)
        {
            sorted[next[keys[e]]++] = e;
        }

        return sorted;
    }

    private static TElement Combine(
        ReadOnlySpan<(int Row, int Column, TElement Value)> entries, ReadOnlySpan<int> same, DuplicatePolicy duplicates)
    {
        var sum = 0.0;
        foreach (var e in same)
        {
            sum += double.CreateTruncating(entries[e].Value);
        }

        return duplicates switch
        {
            DuplicatePolicy.KeepFirst => entries[same[0]].Value,
            DuplicatePolicy.KeepLast => entries[same[^1]].Value,
            DuplicatePolicy.Sum => TElement.CreateTruncating(sum),
            DuplicatePolicy.Mean => TElement.CreateTruncating(sum / same.Length),
            _ => throw new ArgumentException(
                $"Entry ({entries[same[0]].Row}, {entries[same[0]].Column}) is given {same.Length} times, "
                + $"first as entries number {same[0]} and {same[1]}. Give it once, or pass a DuplicatePolicy: KeepFirst, KeepLast, Sum or Mean.",
                nameof(entries)),
        };
    }
}
