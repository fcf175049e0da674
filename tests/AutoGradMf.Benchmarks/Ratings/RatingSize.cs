namespace AutoGradMf.Benchmarks.Ratings;

/// <summary>How many users, movies and ratings there are.</summary>
internal sealed record RatingSize(string Name, int M, int N, int Entries)
{
    public static IReadOnlyList<RatingSize> All => [Ml1M, Ml20M, Ml32M];

    /// <summary>As MovieLens 1M.</summary>
    public static RatingSize Ml1M { get; } = new("ML-1M", 6_040, 3_706, 1_000_209);

    /// <summary>As MovieLens 20M.</summary>
    public static RatingSize Ml20M { get; } = new("ML-20M", 138_493, 26_744, 20_000_263);

    /// <summary>As MovieLens 32M.</summary>
    public static RatingSize Ml32M { get; } = new("ML-32M", 200_948, 87_585, 32_000_204);
}
