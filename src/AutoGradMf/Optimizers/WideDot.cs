using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoGradMf.Optimizers;

/// <summary>Dot products in double, also of floats, whose squares may be more than a float holds.</summary>
internal static class WideDot
{
    public static double Of<TElement>(ReadOnlySpan<TElement> x, ReadOnlySpan<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        typeof(TElement) == typeof(double)
            ? TensorPrimitives.Dot(MemoryMarshal.Cast<TElement, double>(x), MemoryMarshal.Cast<TElement, double>(y))
            : OfFloats(MemoryMarshal.Cast<TElement, float>(x), MemoryMarshal.Cast<TElement, float>(y));

    private static double OfFloats(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(x[i..]), out var lowX, out var highX);
            Vector.Widen(new Vector<float>(y[i..]), out var lowY, out var highY);
            low += lowX * lowY;
            high += highX * highY;
        }

        var sum = Vector.Sum(low + high);
        for (; i < x.Length; i++)
        {
            sum += (double)x[i] * y[i];
        }

        return sum;
    }
}
