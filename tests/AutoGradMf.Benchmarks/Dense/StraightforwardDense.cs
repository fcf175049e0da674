namespace AutoGradMf.Benchmarks.Dense;

/// <summary>Value and gradient of ½‖UVᵀ − R‖² as one writes them down: plain loops over arrays, on one thread.</summary>
internal sealed class StraightforwardDense(DensePoint point)
{
    private readonly float[] _ofU = new float[point.U.Length];
    private readonly float[] _ofV = new float[point.V.Length];

    public double Evaluate()
    {
        var (u, v, ratings, n, k) = (point.U, point.V, point.Ratings, point.N, point.K);
        Array.Clear(_ofU);
        Array.Clear(_ofV);
        var value = 0.0;
        for (var i = 0; i < point.M; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var x = 0f;
                for (var f = 0; f < k; f++)
                {
                    x += u[(i * k) + f] * v[(j * k) + f];
                }

                var error = x - ratings[(i * n) + j];
                value += 0.5 * error * error;
                for (var f = 0; f < k; f++)
                {
                    _ofU[(i * k) + f] += error * v[(j * k) + f];
                    _ofV[(j * k) + f] += error * u[(i * k) + f];
                }
            }
        }

        return value;
    }
}
