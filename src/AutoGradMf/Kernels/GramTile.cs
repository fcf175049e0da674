using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The inner loop of a Gram matrix: a tile of it that fits the registers.</summary>
internal static unsafe class GramTile
{
    /// <summary>How many columns of the left matrix a tile takes.</summary>
    public const int Rows = 4;

    /// <summary>How many columns of the right matrix a tile takes: two registers, a multiple of <see cref="Rows"/> at every width.</summary>
    public static int Columns => 2 * Vector<double>.Count;

    /// <summary>The next whole number of tiles.</summary>
    public static int RoundUp(int columns) => (columns + Columns - 1) / Columns * Columns;

    /// <summary>sums[k, l] += Σ_i left[i, k] · right[i, l] over <paramref name="count"/> rows, for each k and l of the tile.</summary>
    public static void Add(double* left, int leftStride, double* right, int rightStride, int count, double* sums)
    {
        var width = Vector<double>.Count;
        var (sum00, sum01) = (Vector.Load(sums), Vector.Load(sums + width));
        var (sum10, sum11) = (Vector.Load(sums + rightStride), Vector.Load(sums + rightStride + width));
        var (sum20, sum21) = (Vector.Load(sums + (2 * rightStride)), Vector.Load(sums + (2 * rightStride) + width));
        var (sum30, sum31) = (Vector.Load(sums + (3 * rightStride)), Vector.Load(sums + (3 * rightStride) + width));
        for (var i = 0; i < count; i++)
        {
            var (right0, right1) = (Vector.Load(right), Vector.Load(right + width));
            var left0 = new Vector<double>(left[0]);
            sum00 = Vector.MultiplyAddEstimate(left0, right0, sum00);
            sum01 = Vector.MultiplyAddEstimate(left0, right1, sum01);
            var left1 = new Vector<double>(left[1]);
            sum10 = Vector.MultiplyAddEstimate(left1, right0, sum10);
            sum11 = Vector.MultiplyAddEstimate(left1, right1, sum11);
            var left2 = new Vector<double>(left[2]);
            sum20 = Vector.MultiplyAddEstimate(left2, right0, sum20);
            sum21 = Vector.MultiplyAddEstimate(left2, right1, sum21);
            var left3 = new Vector<double>(left[3]);
            sum30 = Vector.MultiplyAddEstimate(left3, right0, sum30);
            sum31 = Vector.MultiplyAddEstimate(left3, right1, sum31);
            left += leftStride;
            right += rightStride;
        }

        sum00.Store(sums);
        sum01.Store(sums + width);
        sum10.Store(sums + rightStride);
        sum11.Store(sums + rightStride + width);
        sum20.Store(sums + (2 * rightStride));
        sum21.Store(sums + (2 * rightStride) + width);
        sum30.Store(sums + (3 * rightStride));
        sum31.Store(sums + (3 * rightStride) + width);
    }
}
