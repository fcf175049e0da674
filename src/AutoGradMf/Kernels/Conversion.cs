using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoGradMf.Kernels;

/// <summary>Copies numbers from one element type to another.</summary>
internal static class Conversion
{
    /// <summary>The first elements of <paramref name="into"/> become those of <paramref name="source"/>, rounded to nearest.</summary>
    public static void Convert<TSource, TElement>(ReadOnlySpan<TSource> source, Span<TElement> into)
        where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (typeof(TSource) == typeof(TElement))
        {
            MemoryMarshal.Cast<TSource, TElement>(source).CopyTo(into);
            return;
        }

        into = into[..source.Length];
        var i = 0;
        if (typeof(TSource) == typeof(float))
        {
            i = Widen(MemoryMarshal.Cast<TSource, float>(source), MemoryMarshal.Cast<TElement, double>(into));
        }

        for (; i < source.Length; i++)
        {
            into[i] = TElement.CreateTruncating(source[i]);
        }
    }

    private static int Widen(ReadOnlySpan<float> source, Span<double> into)
    {
        var i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(source[i..]), out var lower, out var upper);
            lower.CopyTo(into[i..]);
            upper.CopyTo(into[(i + Vector<double>.Count)..]);
        }

        return i;
    }
}
