using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AutoGradMf.Kernels;

namespace AutoGradMf.Optimizers;

/// <summary>Dot products in double, also of floats, whose squares may be more than a float holds.</summary>
internal static unsafe class WideDot
{
    public static double Of<TElement>(ReadOnlySpan<TElement> x, ReadOnlySpan<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (typeof(TElement) == typeof(double))
        {
            return TensorPrimitives.Dot(MemoryMarshal.Cast<TElement, double>(x), MemoryMarshal.Cast<TElement, double>(y));
        }

        fixed (TElement* left = x, right = y)
        {
            return Simd.Dot(left, right, x.Length);
        }
    }
}
