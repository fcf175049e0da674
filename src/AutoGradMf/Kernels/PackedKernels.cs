using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The two inner loops of every sampled or streamed pass: dot products of rows, and linear combinations of rows.</summary>
internal static unsafe class PackedKernels
{
    /// <summary>into[e] = Σ_k left[k] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void Dots<TElement, TRows>(TElement* left, PackedRows<TElement> right, TRows rows, int count, TElement* into)
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

    /// <summary>into[k] += Σ_e weights[e · step] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void AddProduct<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = Vector<TElement>.Count;
        var k = 0;
        for (; k + (3 * width) < into.Length; k += 4 * width)
        {
            var (sum0, sum1, sum2, sum3) = (Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero);
            for (var e = 0; e < count; e++)
            {
                var weight = new Vector<TElement>(weights[(nint)e * step]);
                var row = right[rows[e]] + k;
                sum0 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row), sum0);
                sum1 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + width), sum1);
                sum2 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (2 * width)), sum2);
                sum3 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (3 * width)), sum3);
            }

            Add(sum0, into[k..]);
            Add(sum1, into[(k + width)..]);
            Add(sum2, into[(k + (2 * width))..]);
            Add(sum3, into[(k + (3 * width))..]);
        }

        for (; k + width < into.Length; k += 2 * width)
        {
            var (sum0, sum1) = (Vector<TElement>.Zero, Vector<TElement>.Zero);
            for (var e = 0; e < count; e++)
            {
                var weight = new Vector<TElement>(weights[(nint)e * step]);
                var row = right[rows[e]] + k;
                sum0 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row), sum0);
                sum1 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + width), sum1);
            }

            Add(sum0, into[k..]);
            Add(sum1, into[(k + width)..]);
        }

        if (k < into.Length)
        {
            var sum = Vector<TElement>.Zero;
            for (var e = 0; e < count; e++)
            {
                sum = Simd.MultiplyAdd(new Vector<TElement>(weights[(nint)e * step]), Vector.LoadAligned(right[rows[e]] + k), sum);
            }

            Add(sum, into[k..]);
        }
    }

    /// <summary>Adds the first elements of <paramref name="sum"/>, as many as <paramref name="into"/> has room for.</summary>
    private static void Add<TElement>(Vector<TElement> sum, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (into.Length >= Vector<TElement>.Count)
        {
            (new Vector<TElement>(into) + sum).CopyTo(into);
            return;
        }

        for (var k = 0; k < into.Length; k++)
        {
            into[k] += sum[k];
        }
    }
}
