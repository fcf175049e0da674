namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>Value and gradient as one writes them down: plain loops over arrays, on one thread.</summary>
internal sealed class StraightforwardGradient<TTerm>(SparseMatrix<float> ratings, float[] u, float[] v, int k, float ridge)
    where TTerm : struct, ITerm
{
    private readonly int[] _columns = ratings.Pattern.ColumnIndices.ToArray();
    private readonly long[] _pointers = ratings.Pattern.RowPointers.ToArray();
    private readonly float[] _ratings = ratings.View.Span.ToArray();
    private readonly double[] _gram = new double[2 * k * k];

    public float[] OfU { get; } = new float[u.Length];

    public float[] OfV { get; } = new float[v.Length];

    public double Evaluate()
    {
        var value = Ridge(u, OfU) + Ridge(v, OfV) + (TTerm.HasGram ? AddGram() : 0);
        for (var i = 0; i < _pointers.Length - 1; i++)
        {
            for (var e = _pointers[i]; e < _pointers[i + 1]; e++)
            {
                var (a, b) = (i * k, _columns[e] * k);
                var x = 0f;
                for (var f = 0; f < k; f++)
                {
                    x += u[a + f] * v[b + f];
                }

                value += TTerm.Evaluate(x, _ratings[e], out var derivative);
                for (var f = 0; f < k; f++)
                {
                    OfU[a + f] += derivative * v[b + f];
                    OfV[b + f] += derivative * u[a + f];
                }
            }
        }

        return value;
    }

    private double Ridge(float[] factor, float[] gradient)
    {
        var squares = 0.0;
        for (var e = 0; e < factor.Length; e++)
        {
            squares += factor[e] * factor[e];
            gradient[e] = ridge * factor[e];
        }

        return ridge / 2 * squares;
    }

    private double AddGram()
    {
        var ofU = _gram.AsSpan(0, k * k);
        var ofV = _gram.AsSpan(k * k);
        Gram(u, ofU);
        Gram(v, ofV);
        Multiply(u, ofV, OfU);
        Multiply(v, ofU, OfV);
        var value = 0.0;
        for (var e = 0; e < k * k; e++)
        {
            value += 0.5 * ofU[e] * ofV[e];
        }

        return value;
    }

    private void Gram(float[] factor, Span<double> into)
    {
        into.Clear();
        for (var row = 0; row < factor.Length; row += k)
        {
            for (var a = 0; a < k; a++)
            {
                for (var b = 0; b < k; b++)
                {
                    into[(a * k) + b] += factor[row + a] * factor[row + b];
                }
            }
        }
    }

    private void Multiply(float[] factor, Span<double> gram, float[] into)
    {
        for (var row = 0; row < factor.Length; row += k)
        {
            for (var a = 0; a < k; a++)
            {
                for (var b = 0; b < k; b++)
                {
                    into[row + b] += factor[row + a] * (float)gram[(a * k) + b];
                }
            }
        }
    }
}
