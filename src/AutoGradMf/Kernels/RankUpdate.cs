using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// Sums of outer products of rows into the upper triangle of a square matrix: the symmetric rank-p update, by tiles of rows × registers
/// that stay in registers while all p rows are added up. The tiles on the diagonal also fill some places below it.
/// </summary>
internal static unsafe class RankUpdate
{
    /// <summary>Rows of a tile; the square's rows and strides are multiples of it.</summary>
    public const int TileRows = 4;

    /// <summary>The elements from one row of a k × k square to the next: whole registers and whole tiles.</summary>
    public static int Stride<TElement>(int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RoundUp(k, Math.Max(Vector<TElement>.Count, TileRows));

    /// <summary>The rows to reserve for a k × k square.</summary>
    public static int Rows(int k) => RoundUp(k, TileRows);

    /// <summary>square[a, b] += sign · Σ_p left[p, a] · right[p, b] for the tile of rows from <paramref name="a"/> on, and columns from there on.</summary>
    /// <param name="left">p rows.</param>
    /// <param name="right">p rows.</param>
    /// <param name="count">p.</param>
    /// <param name="square">The square.</param>
    /// <param name="stride">Of all three.</param>
    /// <param name="a">A multiple of <see cref="TileRows"/>.</param>
    /// <param name="sign">1 or −1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTileRow<TElement>(TElement* left, TElement* right, int count, TElement* square, nint stride, int a, TElement sign)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var width = Vector<TElement>.Count;
        var b = (nint)(a / width * width);
        for (; b <= stride - (2 * width); b += 2 * width)
        {
            AddWideTile(left + a, right + b, count, square + (a * stride) + b, stride, sign);
        }

        if (b < stride)
        {
            AddTile(left + a, right + b, count, square + (a * stride) + b, stride, sign);
        }
    }

    private static void AddWideTile<TElement>(TElement* left, TElement* right, int count, TElement* into, nint stride, TElement sign)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var width = Vector<TElement>.Count;
        Vector<TElement> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        for (var p = 0; p < count; p++)
        {
            var (x0, x1) = (Vector.Load(right), Vector.Load(right + width));
            var y = new Vector<TElement>(left[0]);
            s00 = Simd.MultiplyAdd(y, x0, s00);
            s01 = Simd.MultiplyAdd(y, x1, s01);
            y = new Vector<TElement>(left[1]);
            s10 = Simd.MultiplyAdd(y, x0, s10);
            s11 = Simd.MultiplyAdd(y, x1, s11);
            y = new Vector<TElement>(left[2]);
            s20 = Simd.MultiplyAdd(y, x0, s20);
            s21 = Simd.MultiplyAdd(y, x1, s21);
            y = new Vector<TElement>(left[3]);
            s30 = Simd.MultiplyAdd(y, x0, s30);
            s31 = Simd.MultiplyAdd(y, x1, s31);
            left += stride;
            right += stride;
        }

        Add(s00, sign, into);
        Add(s01, sign, into + width);
        Add(s10, sign, into + stride);
        Add(s11, sign, into + stride + width);
        Add(s20, sign, into + (2 * stride));
        Add(s21, sign, into + (2 * stride) + width);
        Add(s30, sign, into + (3 * stride));
        Add(s31, sign, into + (3 * stride) + width);
    }

    private static void AddTile<TElement>(TElement* left, TElement* right, int count, TElement* into, nint stride, TElement sign)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Vector<TElement> s0 = default, s1 = default, s2 = default, s3 = default;
        for (var p = 0; p < count; p++)
        {
            var x = Vector.Load(right);
            s0 = Simd.MultiplyAdd(new(left[0]), x, s0);
            s1 = Simd.MultiplyAdd(new(left[1]), x, s1);
            s2 = Simd.MultiplyAdd(new(left[2]), x, s2);
            s3 = Simd.MultiplyAdd(new(left[3]), x, s3);
            left += stride;
            right += stride;
        }

        Add(s0, sign, into);
        Add(s1, sign, into + stride);
        Add(s2, sign, into + (2 * stride));
        Add(s3, sign, into + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TElement>(Vector<TElement> sum, TElement sign, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Simd.MultiplyAdd(sum, new(sign), Vector.Load(into)).Store(into);

    private static int RoundUp(int number, int multiple) => (number + multiple - 1) / multiple * multiple;
}
