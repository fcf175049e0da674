namespace AutoGradMf.Benchmarks.Alternating;

/// <summary>An iteration of multiplicative updates of ½‖UVᵀ − R‖² as one writes it down: plain loops over arrays, on one thread, and no look at the objective.</summary>
internal sealed class StraightforwardUpdates(SparseMatrix<float> ratings, int k)
{
    private readonly float[] _ratings = ratings.View.Span.ToArray();
    private readonly double[] _gram = new double[k * k];

    public void Iterate(float[] u, float[] v)
    {
        var pattern = ratings.Pattern;
        Update(u, v, pattern.RowPointers, pattern.ColumnIndices, []);
        Update(v, u, pattern.ColumnPointers, pattern.RowIndices, pattern.ColumnOrder);
    }

    private void Update(float[] factor, float[] other, ReadOnlySpan<long> pointers, ReadOnlySpan<int> places, ReadOnlySpan<int> order)
    {
        Gram(other);
        var negative = new float[k];
        var positive = new float[k];
        for (var i = 0; i < pointers.Length - 1; i++)
        {
            Array.Clear(negative);
            Array.Clear(positive);
            for (var e = (int)pointers[i]; e < (int)pointers[i + 1]; e++)
            {
                var rating = _ratings[order.IsEmpty ? e : order[e]];
                for (var f = 0; f < k; f++)
                {
                    negative[f] += rating * other[(places[e] * k) + f];
                }
            }

            for (var g = 0; g < k; g++)
            {
                for (var f = 0; f < k; f++)
                {
                    positive[f] += factor[(i * k) + g] * (float)_gram[(g * k) + f];
                }
            }

            for (var f = 0; f < k; f++)
            {
                factor[(i * k) + f] *= negative[f] / Math.Max(positive[f], 1e-10f);
            }
        }
    }

    private void Gram(float[] factor)
    {
        Array.Clear(_gram);
        for (var row = 0; row < factor.Length; row += k)
        {
            for (var a = 0; a < k; a++)
            {
                for (var b = 0; b < k; b++)
                {
                    _gram[(a * k) + b] += factor[row + a] * factor[row + b];
                }
            }
        }
    }
}
