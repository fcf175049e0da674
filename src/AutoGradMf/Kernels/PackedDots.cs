using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The inner loop of every dot product at a loop's points.</summary>
internal static unsafe class PackedDots
{
    /// <summary>into[e] = Σ_k left[k] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void Evaluate<TElement, TRows>(TElement* left, PackedRows<TElement> right, TRows rows, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var stride = right.Stride;
        var e = 0;

        // Four rows at a time share the loads of the left row and hide the latency of the additions.
        for (; e <= count - 4; e += 4)
        {
            TElement* row0 = right[rows[e]], row1 = right[rows[e + 1]], row2 = right[rows[e + 2]], row3 = right[rows[e + 3]];
            var (dot0, dot1, dot2, dot3) = (Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero);
            for (var k = 0; k < stride; k += Vector<TElement>.Count)
            {
                var factor = Vector.LoadAligned(left + k);
                dot0 = Simd.MultiplyAdd(factor, Vector.LoadAligned(row0 + k), dot0);
                dot1 = Simd.MultiplyAdd(factor, Vector.LoadAligned(row1 + k), dot1);
                dot2 = Simd.MultiplyAdd(factor, Vector.LoadAligned(row2 + k), dot2);
                dot3 = Simd.MultiplyAdd(factor, Vector.LoadAligned(row3 + k), dot3);
            }

            into[e] = Vector.Sum(dot0);
            into[e + 1] = Vector.Sum(dot1);
            into[e + 2] = Vector.Sum(dot2);
            into[e + 3] = Vector.Sum(dot3);
        }

        for (; e < count; e++)
        {
            var row = right[rows[e]];
            var dot = Vector<TElement>.Zero;
            for (var k = 0; k < stride; k += Vector<TElement>.Count)
            {
                dot = Simd.MultiplyAdd(Vector.LoadAligned(left + k), Vector.LoadAligned(row + k), dot);
            }

            into[e] = Vector.Sum(dot);
        }
    }
}
