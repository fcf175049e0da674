namespace AutoGradMf.Kernels;

/// <summary>
/// Einstein products of small arrays over latent features, of up to three indices and more, in double. The array that is indexed by (p, q, r)
/// is a matrix of p · q rows and r columns. On one thread; allocates nothing.
/// </summary>
public static class SmallTensor
{
    /// <summary>
    /// <c>into = scale · Σ Π operands</c>, or <c>into +=</c> it: <c>"abc,cd-&gt;abd"</c> with sizes of a, b, c and d is Σ_c x_abc y_cd. O(product of all sizes).
    /// </summary>
    /// <param name="indices">The letters a, b, c, … of each operand's indices, separated by commas; an arrow; those of the result.</param>
    /// <param name="sizes">The size of a, of b, and so on.</param>
    /// <param name="scale">A factor.</param>
    /// <param name="operands">The operands.</param>
    /// <param name="into">The result.</param>
    /// <param name="isAdding">Whether it is added to what <paramref name="into"/> has.</param>
    /// <exception cref="ArgumentException">An array does not have as many elements as its indices say; the message names it.</exception>
    public static void Contract(
        ReadOnlySpan<char> indices, ReadOnlySpan<int> sizes, double scale, ReadOnlySpan<MatrixView<double>> operands, MatrixView<double> into, bool isAdding = false)
    {
        // A row of strides for each operand, and one for the result.
        Span<int> strides = stackalloc int[(operands.Length + 1) * sizes.Length];
        var rest = indices;
        for (var o = 0; o <= operands.Length; o++)
        {
            var length = o < operands.Length - 1 ? rest.IndexOf(',') : o < operands.Length ? rest.IndexOf('-') : rest.Length;
            Read(rest[..Math.Max(length, 0)], sizes, strides.Slice(o * sizes.Length, sizes.Length), o < operands.Length ? operands[o].Count : into.Count, indices);
            rest = o == operands.Length ? [] : rest[(length + (o < operands.Length - 1 ? 1 : 2))..];
        }

        if (!isAdding)
        {
            into.Span.Clear();
        }

        Span<int> places = stackalloc int[sizes.Length];
        Span<int> offsets = stackalloc int[operands.Length + 1];
        places.Clear();
        offsets.Clear();
        var inner = sizes.Length - 1;
        if (!sizes.Contains(0))
        {
            do
            {
                AddInner(sizes[inner], scale, operands, into.Span, offsets, strides[inner..], sizes.Length);
            }
            while (Advance(places[..inner], sizes, offsets, strides));
        }
    }

    /// <summary>The distance between elements by each index; 0 by one that an array lacks.</summary>
    private static void Read(ReadOnlySpan<char> letters, ReadOnlySpan<int> sizes, Span<int> strides, int count, ReadOnlySpan<char> all)
    {
        strides.Clear();
        var stride = 1;
        for (var place = letters.Length - 1; place >= 0; place--)
        {
            strides[letters[place] - 'a'] += stride;
            stride *= sizes[letters[place] - 'a'];
        }

        if (stride != count)
        {
            throw new ArgumentException($"An array with indices {letters} has {stride} elements, and got {count}, in {all}.", nameof(letters));
        }
    }

    /// <summary>The sum over the last index, or its elements.</summary>
    private static void AddInner(
        int size, double scale, ReadOnlySpan<MatrixView<double>> operands, Span<double> into, ReadOnlySpan<int> offsets, ReadOnlySpan<int> strides, int step)
    {
        FlopCount.Add((operands.Length + 1L) * size);
        for (var x = 0; x < size; x++)
        {
            var value = scale;
            for (var o = 0; o < operands.Length; o++)
            {
                value *= operands[o].Span[offsets[o] + (x * strides[o * step])];
            }

            into[offsets[^1] + (x * strides[operands.Length * step])] += value;
        }
    }

    /// <summary>The next point of the outer indices; false after the last one.</summary>
    private static bool Advance(Span<int> places, ReadOnlySpan<int> sizes, Span<int> offsets, ReadOnlySpan<int> strides)
    {
        for (var index = places.Length - 1; index >= 0; index--)
        {
            var isNext = ++places[index] < sizes[index];
            for (var o = 0; o < offsets.Length; o++)
            {
                offsets[o] += isNext ? strides[(o * sizes.Length) + index] : (1 - sizes[index]) * strides[(o * sizes.Length) + index];
            }

            if (isNext)
            {
                return true;
            }

            places[index] = 0;
        }

        return false;
    }
}
