using System.Runtime.Intrinsics;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>The term of a loss at an observed rating, as code written by hand has it.</summary>
internal interface ITerm
{
    /// <summary>Whether ½ Σ (u·v)² over all pairs is added, by Gram matrices.</summary>
    static abstract bool HasGram { get; }

    /// <summary>The value at 16 ratings, and the derivative in the predictions.</summary>
    static abstract Vector512<float> Evaluate(Vector512<float> prediction, Vector512<float> rating, out Vector512<float> derivative);

    /// <summary>The same at one rating.</summary>
    static abstract float Evaluate(float prediction, float rating, out float derivative);
}

/// <summary>½ (x − r)².</summary>
internal readonly struct SquaredTerm : ITerm
{
    public static bool HasGram => false;

    public static Vector512<float> Evaluate(Vector512<float> prediction, Vector512<float> rating, out Vector512<float> derivative)
    {
        derivative = prediction - rating;
        return 0.5f * derivative * derivative;
    }

    public static float Evaluate(float prediction, float rating, out float derivative)
    {
        derivative = prediction - rating;
        return 0.5f * derivative * derivative;
    }
}

/// <summary>½ (1 + α r) (1 − x)² − ½ x², what an observed rating adds to ½ x² of all pairs.</summary>
internal readonly struct ImplicitTerm : ITerm
{
    public const float Alpha = 2;

    public static bool HasGram => true;

    public static Vector512<float> Evaluate(Vector512<float> prediction, Vector512<float> rating, out Vector512<float> derivative)
    {
        var (weighted, error) = (Alpha * rating, prediction - Vector512<float>.One);
        derivative = (weighted * error) - Vector512<float>.One;
        return (0.5f * weighted * error * error) + Vector512.Create(0.5f) - prediction;
    }

    public static float Evaluate(float prediction, float rating, out float derivative)
    {
        var (weighted, error) = (Alpha * rating, prediction - 1);
        derivative = (weighted * error) - 1;
        return (0.5f * weighted * error * error) + 0.5f - prediction;
    }
}
