using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Numbers that lie apart, as a lane. Where they are a whole one they meet in a register: a load of a lane that was stored number by number
/// has to wait until all stores before it are in the cache, and whatever comes next waits with it.
/// </summary>
internal static unsafe class LaneGather
{
    /// <summary>values[rows[0]], values[rows[1]] and so on; what is beyond <paramref name="count"/> is anything.</summary>
    /// <param name="values">Where the numbers are.</param>
    /// <param name="rows">Their places.</param>
    /// <param name="count">How many, no more than a lane has.</param>
    /// <param name="scratch">Room for a lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<TElement> Read<TElement>(TElement* values, int* rows, int count, TElement* scratch)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (typeof(TElement) == typeof(float) && Vector<float>.Count == Vector256<float>.Count && count == Vector<float>.Count)
        {
            var from = (float*)values;
            return Vector256.Create(
                from[rows[0]], from[rows[1]], from[rows[2]], from[rows[3]], from[rows[4]], from[rows[5]], from[rows[6]], from[rows[7]])
                .AsVector().As<float, TElement>();
        }

        if (typeof(TElement) == typeof(double) && Vector<double>.Count == Vector256<double>.Count && count == Vector<double>.Count)
        {
            var from = (double*)values;
            return Vector256.Create(from[rows[0]], from[rows[1]], from[rows[2]], from[rows[3]]).AsVector().As<double, TElement>();
        }

        for (var s = 0; s < count; s++)
        {
            scratch[s] = values[rows[s]];
        }

        return Vector.Load(scratch);
    }

    /// <summary>A lane that was stored in parts of 128 bits, which are forwarded to loads that are as wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<TElement> LoadParts<TElement>(TElement* from)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Vector<byte>.Count == Vector256<byte>.Count
            ? Vector256.Create(Vector128.Load(from), Vector128.Load(from + Vector128<TElement>.Count)).AsVector()
            : Vector.Load(from);
}
