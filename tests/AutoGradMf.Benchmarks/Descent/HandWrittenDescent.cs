using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Benchmarks.Descent;

/// <summary>An epoch over ratings in the order of their arrays, of the masked squared error with a ridge for each rating, as one writes it by hand.</summary>
internal static unsafe class HandWrittenDescent
{
    private const int CacheLine = 64;

    /// <summary>Plain loops over arrays.</summary>
    public static void Straightforward(float[] u, float[] v, int[] rows, int[] columns, float[] ratings, int k, float rate, float ridge)
    {
        for (var e = 0; e < ratings.Length; e++)
        {
            var (i, j) = (rows[e] * k, columns[e] * k);
            var x = 0f;
            for (var f = 0; f < k; f++)
            {
                x += u[i + f] * v[j + f];
            }

            var error = x - ratings[e];
            for (var f = 0; f < k; f++)
            {
                var (a, b) = (u[i + f], v[j + f]);
                u[i + f] = a - (rate * ((error * b) + (ridge * a)));
                v[j + f] = b - (rate * ((error * a) + (ridge * b)));
            }
        }
    }

    /// <summary>Vectors on aligned rows, the rows of 32 features in registers; k must fill whole registers.</summary>
    public static void Tuned(float* u, float* v, int[] rows, int[] columns, float[] ratings, int k, float rate, float ridge)
    {
        var w = Vector<float>.Count;
        var keep = new Vector<float>(1 - (rate * ridge));
        fixed (int* row = rows, column = columns)
        fixed (float* rating = ratings)
        {
            for (var e = 0; e < ratings.Length; e++)
            {
                float* a = u + ((nint)row[e] * k), b = v + ((nint)column[e] * k);
                if (k == 4 * w)
                {
                    var (a0, a1, a2, a3) = (Vector.Load(a), Vector.Load(a + w), Vector.Load(a + (2 * w)), Vector.Load(a + (3 * w)));
                    var (b0, b1, b2, b3) = (Vector.Load(b), Vector.Load(b + w), Vector.Load(b + (2 * w)), Vector.Load(b + (3 * w)));
                    var x = Vector.Sum(Vector.MultiplyAddEstimate(a0, b0, a1 * b1) + Vector.MultiplyAddEstimate(a2, b2, a3 * b3));
                    var step = new Vector<float>(rate * (rating[e] - x));
                    Vector.MultiplyAddEstimate(step, b0, keep * a0).Store(a);
                    Vector.MultiplyAddEstimate(step, b1, keep * a1).Store(a + w);
                    Vector.MultiplyAddEstimate(step, b2, keep * a2).Store(a + (2 * w));
                    Vector.MultiplyAddEstimate(step, b3, keep * a3).Store(a + (3 * w));
                    Vector.MultiplyAddEstimate(step, a0, keep * b0).Store(b);
                    Vector.MultiplyAddEstimate(step, a1, keep * b1).Store(b + w);
                    Vector.MultiplyAddEstimate(step, a2, keep * b2).Store(b + (2 * w));
                    Vector.MultiplyAddEstimate(step, a3, keep * b3).Store(b + (3 * w));
                    continue;
                }

                var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
                var f = 0;
                for (; f <= k - (2 * w); f += 2 * w)
                {
                    even = Vector.MultiplyAddEstimate(Vector.Load(a + f), Vector.Load(b + f), even);
                    odd = Vector.MultiplyAddEstimate(Vector.Load(a + f + w), Vector.Load(b + f + w), odd);
                }

                even = f < k ? Vector.MultiplyAddEstimate(Vector.Load(a + f), Vector.Load(b + f), even) : even;
                var taken = new Vector<float>(rate * (rating[e] - Vector.Sum(even + odd)));
                for (f = 0; f < k; f += w)
                {
                    var (c, d) = (Vector.Load(a + f), Vector.Load(b + f));
                    Vector.MultiplyAddEstimate(taken, d, keep * c).Store(a + f);
                    Vector.MultiplyAddEstimate(taken, c, keep * d).Store(b + f);
                }
            }
        }
    }

    /// <summary>Where the first cache line of a pinned array begins.</summary>
    public static float* Aligned(float[] pinned) => (float*)(((nuint)Unsafe.AsPointer(ref pinned[0]) + CacheLine - 1) & ~(nuint)(CacheLine - 1));
}
