using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>Seeded ratings of a size, and factors.</summary>
internal sealed record GradientPoint(SparseMatrix<float> Ratings, float[] U, float[] V, int K)
{
    public const float Ridge = 0.02f;

    /// <summary>The ratings of a size by its name.</summary>
    public static GradientPoint Of(string size, int k)
    {
        var ratings = RatingCache.Get(RatingSize.All.Single(s => s.Name == size));
        return new(ratings, Factor(ratings.Rows * k, 1), Factor(ratings.Columns * k, 2), k);
    }

    /// <summary>The factors as parameters of an objective.</summary>
    public Parameters<float> Parameters(IObjective<float> objective)
    {
        var parameters = new Parameters<float>(objective.Layout);
        U.CopyTo(parameters[0].Span);
        V.CopyTo(parameters[1].Span);
        return parameters;
    }

    private static float[] Factor(int count, int seed)
    {
        var random = new Random(seed);
        var factor = new float[count];
        foreach (ref var value in factor.AsSpan())
        {
            value = 0.3f * random.NextSingle();
        }

        return factor;
    }
}
