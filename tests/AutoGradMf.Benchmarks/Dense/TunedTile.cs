using System.Runtime.Intrinsics;

namespace AutoGradMf.Benchmarks.Dense;

/// <summary>The inner loop of products that are written by hand.</summary>
internal static unsafe class TunedTile
{
    /// <summary>How many rows of a product are computed at a time.</summary>
    public const int Rows = 8;

    /// <summary>How many columns: two registers.</summary>
    public const int Columns = 32;

    /// <summary>Eight rows of left · right, each of its columns a multiple of two registers.</summary>
    public static void Multiply(
        float* left, nint step, nint row, float* right, nint stride, int terms, float* into, nint intoStride, int columns, bool isAdding)
    {
        for (var l = 0; l < columns; l += Columns)
        {
            float* x = right + l, y1 = left + row, y2 = y1 + row, y3 = y2 + row, y4 = y3 + row, y5 = y4 + row, y6 = y5 + row, y7 = y6 + row;
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
            nint at = 0;
            for (var t = 0; t < terms; t++, at += step, x += stride)
            {
                var (x0, x1) = (Vector512.Load(x), Vector512.Load(x + 16));
                (a0, b0) = (Add(left[at], x0, a0), Add(left[at], x1, b0));
                (a1, b1) = (Add(y1[at], x0, a1), Add(y1[at], x1, b1));
                (a2, b2) = (Add(y2[at], x0, a2), Add(y2[at], x1, b2));
                (a3, b3) = (Add(y3[at], x0, a3), Add(y3[at], x1, b3));
                (a4, b4) = (Add(y4[at], x0, a4), Add(y4[at], x1, b4));
                (a5, b5) = (Add(y5[at], x0, a5), Add(y5[at], x1, b5));
                (a6, b6) = (Add(y6[at], x0, a6), Add(y6[at], x1, b6));
                (a7, b7) = (Add(y7[at], x0, a7), Add(y7[at], x1, b7));
            }

            var z = into + l;
            Put(a0, b0, z, isAdding);
            Put(a1, b1, z += intoStride, isAdding);
            Put(a2, b2, z += intoStride, isAdding);
            Put(a3, b3, z += intoStride, isAdding);
            Put(a4, b4, z += intoStride, isAdding);
            Put(a5, b5, z += intoStride, isAdding);
            Put(a6, b6, z += intoStride, isAdding);
            Put(a7, b7, z + intoStride, isAdding);
        }
    }

    private static Vector512<float> Add(float y, Vector512<float> x, Vector512<float> sum) => Vector512.FusedMultiplyAdd(Vector512.Create(y), x, sum);

    private static void Put(Vector512<float> a, Vector512<float> b, float* into, bool isAdding)
    {
        (isAdding ? a + Vector512.Load(into) : a).Store(into);
        (isAdding ? b + Vector512.Load(into + 16) : b).Store(into + 16);
    }
}
