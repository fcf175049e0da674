using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The inner loop of products of thin matrices: a tile of the product that fits the registers.</summary>
internal static unsafe class ProductTile
{
    /// <summary>How many rows of the product a tile has.</summary>
    public const int Rows = 4;

    /// <summary>How many registers of the product's columns a tile has.</summary>
    public const int Registers = 2;

    /// <summary>
    /// sums[r, l] += Σ_t left[t · leftStep + r · leftRow] · right[t, l] over <paramref name="terms"/> terms, for each r and l of
    /// the tile.
    /// </summary>
    public static void Add<TElement>(
        TElement* left, int leftStep, int leftRow, TElement* right, int rightStride, int terms, TElement* sums, int sumsStride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var width = Vector<TElement>.Count;
        TElement* sums1 = sums + sumsStride, sums2 = sums1 + sumsStride, sums3 = sums2 + sumsStride;
        var (sum00, sum01) = (Vector.Load(sums), Vector.Load(sums + width));
        var (sum10, sum11) = (Vector.Load(sums1), Vector.Load(sums1 + width));
        var (sum20, sum21) = (Vector.Load(sums2), Vector.Load(sums2 + width));
        var (sum30, sum31) = (Vector.Load(sums3), Vector.Load(sums3 + width));
        for (var t = 0; t < terms; t++)
        {
            var (right0, right1) = (Vector.Load(right), Vector.Load(right + width));
            var left0 = new Vector<TElement>(left[0]);
            sum00 = Simd.MultiplyAdd(left0, right0, sum00);
            sum01 = Simd.MultiplyAdd(left0, right1, sum01);
            var left1 = new Vector<TElement>(left[leftRow]);
            sum10 = Simd.MultiplyAdd(left1, right0, sum10);
            sum11 = Simd.MultiplyAdd(left1, right1, sum11);
            var left2 = new Vector<TElement>(left[2 * leftRow]);
            sum20 = Simd.MultiplyAdd(left2, right0, sum20);
            sum21 = Simd.MultiplyAdd(left2, right1, sum21);
            var left3 = new Vector<TElement>(left[3 * leftRow]);
            sum30 = Simd.MultiplyAdd(left3, right0, sum30);
            sum31 = Simd.MultiplyAdd(left3, right1, sum31);
            left += leftStep;
            right += rightStride;
        }

        sum00.Store(sums);
        sum01.Store(sums + width);
        sum10.Store(sums1);
        sum11.Store(sums1 + width);
        sum20.Store(sums2);
        sum21.Store(sums2 + width);
        sum30.Store(sums3);
        sum31.Store(sums3 + width);
    }
}
