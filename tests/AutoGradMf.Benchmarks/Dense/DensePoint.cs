using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Dense;

/// <summary>Seeded ratings of all pairs, and factors.</summary>
internal sealed record DensePoint(int M, int N, int K, float[] Ratings, float[] U, float[] V)
{
    public Matrix<float> Data => new(M, N, Ratings);

    public static DensePoint Of(int m, int n, int k) => new(m, n, k, Uniform(m * n, 5, 1), Uniform(m * k, 0.3f, 2), Uniform(n * k, 0.3f, 3));

    /// <summary>The factors as parameters of an objective.</summary>
    public Parameters<float> Parameters(IObjective<float> objective)
    {
        var parameters = new Parameters<float>(objective.Layout);
        U.CopyTo(parameters[0].Span);
        V.CopyTo(parameters[1].Span);
        return parameters;
    }

    private static float[] Uniform(int count, float most, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = most * random.NextSingle();
        }

        return values;
    }
}
