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
        for (var i = 0; i < source.Length; i++)
        {
            into[i] = TElement.CreateTruncating(source[i]);
        }
    }
}
