using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// The inner loop of every product with a thin matrix: a linear combination of its rows. Up to eight registers of a row are summed
/// in one walk over the rows, because each walk fetches them anew.
/// </summary>
internal static unsafe class PackedProduct
{
    /// <summary>into[k] += Σ_e weights[e · step] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void Add<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = Vector<TElement>.Count;
        var k = 0;
        for (; k + (7 * width) < into.Length; k += 8 * width)
        {
            AddEight(weights, step, right, rows, count, k, into);
        }

        if (k + (3 * width) < into.Length)
        {
            AddFour(weights, step, right, rows, count, k, into);
            k += 4 * width;
        }

        if (k + width < into.Length)
        {
            AddTwo(weights, step, right, rows, count, k, into);
            k += 2 * width;
        }

        if (k < into.Length)
        {
            AddOne(weights, step, right, rows, count, k, into);
        }
    }

    private static void AddEight<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = Vector<TElement>.Count;
        var (sum0, sum1, sum2, sum3) = (Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero);
        var (sum4, sum5, sum6, sum7) = (Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero, Vector<TElement>.Zero);
        for (var e = 0; e < count; e++)
        {
            var weight = new Vector<TElement>(weights[(nint)e * step]);
            var row = right[rows[e]] + k;
            sum0 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row), sum0);
            sum1 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + width), sum1);
            sum2 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (2 * width)), sum2);
            sum3 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (3 * width)), sum3);
            sum4 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (4 * width)), sum4);
            sum5 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (5 * width)), sum5);
            sum6 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (6 * width)), sum6);
            sum7 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row + (7 * width)), sum7);
        }

        Add(sum0, into[k..]);
        Add(sum1, into[(k + width)..]);
        Add(sum2, into[(k + (2 * width))..]);
        Add(sum3, into[(k + (3 * width))..]);
        Add(sum4, into[(k + (4 * width))..]);
        Add(sum5, into[(k + (5 * width))..]);
        Add(sum6, into[(k + (6 * width))..]);
        Add(sum7, into[(k + (7 * width))..]);
    }

    private static void AddFour<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = Vector<TElement>.Count;
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

    private static void AddTwo<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = Vector<TElement>.Count;
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

    private static void AddOne<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var sum0 = Vector<TElement>.Zero;
        for (var e = 0; e < count; e++)
        {
            var weight = new Vector<TElement>(weights[(nint)e * step]);
            var row = right[rows[e]] + k;
            sum0 = Simd.MultiplyAdd(weight, Vector.LoadAligned(row), sum0);
        }

        Add(sum0, into[k..]);
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
