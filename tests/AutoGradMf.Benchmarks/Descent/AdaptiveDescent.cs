namespace AutoGradMf.Benchmarks.Descent;

/// <summary>
/// Stochastic gradient with the rates of LIBMF, in plain loops: each row has two sums of squared gradients, of its first eight features and of
/// the others, and in the first epoch only the first eight learn (Chin, Zhuang, Juan &amp; Lin, PAKDD 2015).
/// </summary>
internal sealed class AdaptiveDescent(int[] rows, int[] columns, float[] ratings, float[] u, float[] v, int m, int n, int k)
{
    private const int Slow = 8;
    private readonly float[] _squaresOfU = Ones(2 * m);
    private readonly float[] _squaresOfV = Ones(2 * n);
    private readonly float[] _sharesOfU = Shares(rows, m);
    private readonly float[] _sharesOfV = Shares(columns, n);
    private int _epoch;

    public void Run(float rate, float ridge)
    {
        var order = Enumerable.Range(0, ratings.Length).ToArray();
        new Random(_epoch).Shuffle(order);
        foreach (var sample in order)
        {
            var (i, j) = (rows[sample], columns[sample]);
            Span<float> a = u.AsSpan(i * k, k), b = v.AsSpan(j * k, k);
            var error = -ratings[sample];
            for (var f = 0; f < k; f++)
            {
                error += a[f] * b[f];
            }

            Move(a[..Slow], b[..Slow], error, rate, ridge * _sharesOfU[i], ridge * _sharesOfV[j], ref _squaresOfU[2 * i], ref _squaresOfV[2 * j]);
            if (_epoch > 0)
            {
                Move(a[Slow..], b[Slow..], error, rate, ridge * _sharesOfU[i], ridge * _sharesOfV[j], ref _squaresOfU[(2 * i) + 1], ref _squaresOfV[(2 * j) + 1]);
            }
        }

        _epoch++;
    }

    private static void Move(Span<float> a, Span<float> b, float error, float rate, float ridgeOfA, float ridgeOfB, ref float squaresOfA, ref float squaresOfB)
    {
        var (rateOfA, rateOfB) = (rate / MathF.Sqrt(squaresOfA), rate / MathF.Sqrt(squaresOfB));
        var (sumOfA, sumOfB) = (0f, 0f);
        for (var f = 0; f < a.Length; f++)
        {
            var (x, y) = (a[f], b[f]);
            var (gradientOfA, gradientOfB) = ((error * y) + (ridgeOfA * x), (error * x) + (ridgeOfB * y));
            (sumOfA, sumOfB) = (sumOfA + (gradientOfA * gradientOfA), sumOfB + (gradientOfB * gradientOfB));
            (a[f], b[f]) = (x - (rateOfA * gradientOfA), y - (rateOfB * gradientOfB));
        }

        squaresOfA += sumOfA / a.Length;
        squaresOfB += sumOfB / a.Length;
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static float[] Shares(int[] rows, int count)
    {
        var shares = new float[count];
        foreach (var row in rows)
        {
            shares[row]++;
        }

        return Array.ConvertAll(shares, s => s == 0 ? 0 : 1 / s);
    }
}
