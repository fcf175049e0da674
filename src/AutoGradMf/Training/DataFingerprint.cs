using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using AutoGradMf.Objectives;

namespace AutoGradMf.Training;

/// <summary>Short texts that are the same for equal data, and another for other data. O(entries).</summary>
internal static class DataFingerprint
{
    private const int ChunkLength = 1 << 20;

    public static string Of<TElement>(SparseMatrix<TElement> matrix)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var hash = Hash(matrix.Pattern);
        Append(hash, matrix.Values);
        return Describe(matrix.Pattern, hash);
    }

    /// <summary>The name of a hyperparameter or of data, and what it is.</summary>
    public static string Of<TElement>(ObjectiveInput<TElement> input)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (input.Number is { } number)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{input.Name} {number:R}");
        }

        var hash = input.Pattern is null ? new XxHash3() : Hash(input.Pattern);
        Append(hash, input.Values.Span);
        var what = input switch
        {
            { Pattern: { } pattern } => Describe(pattern, hash),
            { Rows: { } rows } => Describe(rows, hash),
            _ => Describe($"{input.Values.Rows}×{input.Values.Columns}", hash),
        };
        return $"{input.Name} of {what}";
    }

    public static string Of(SparsePattern pattern) => Describe(pattern, Hash(pattern));

    private static string Describe(SparsePattern pattern, XxHash3 hash) =>
        Describe(string.Create(CultureInfo.InvariantCulture, $"{pattern.Count} entries of {pattern.Rows}×{pattern.Columns}"), hash);

    private static string Describe(IndexVector rows, XxHash3 hash)
    {
        Append(hash, rows.Values);
        return Describe(string.Create(CultureInfo.InvariantCulture, $"{rows.Length} rows"), hash);
    }

    private static string Describe(string size, XxHash3 hash) => string.Create(CultureInfo.InvariantCulture, $"{size} with hash {hash.GetCurrentHashAsUInt64():x16}");

    private static XxHash3 Hash(SparsePattern pattern)
    {
        var hash = new XxHash3();
        Append(hash, pattern.RowPointers);
        Append(hash, pattern.ColumnIndices);
        return hash;
    }

    /// <summary>In chunks, since a span of bytes is no longer than 2 GB.</summary>
    private static void Append<T>(XxHash3 hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (; values.Length > ChunkLength; values = values[ChunkLength..])
        {
            hash.Append(MemoryMarshal.AsBytes(values[..ChunkLength]));
        }

        hash.Append(MemoryMarshal.AsBytes(values));
    }
}
