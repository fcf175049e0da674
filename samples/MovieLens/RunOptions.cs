namespace AutoGradMf.Samples.MovieLens;

/// <summary>What the command line asks for; what it leaves open is null, or the default.</summary>
/// <param name="Data">A MovieLens folder; the embedded synthetic ratings if null.</param>
/// <param name="Json">The file that receives the figures; none if null.</param>
/// <param name="Rank">Number of latent features of both models; each model's own default if null.</param>
/// <param name="Reg">The ridge of the factors of both models; each model's own default if null.</param>
/// <param name="Seed">Of the split, the first factors and the samples of the gradient checks.</param>
/// <param name="Threads">Number of threads that train.</param>
/// <param name="User">Raw id of the user who gets recommendations; the smallest if null.</param>
internal sealed record RunOptions(string? Data, string? Json, int? Rank, double? Reg, int Seed, int Threads, int? User)
{
    /// <summary>Latent features of the classic model.</summary>
    public int ClassicRank => Rank ?? 20;

    /// <summary>λ of the classic loss.</summary>
    public double ClassicReg => Reg ?? 1;

    /// <summary>Latent features of the biased model.</summary>
    public int BiasedRank => Rank ?? 50;

    /// <summary>The ridge of the biased model's factors.</summary>
    public double BiasedReg => Reg ?? 12;

    /// <summary>The ridge of the biases, of the biased model and of the bias-only baseline.</summary>
    public const double BiasReg = 4;

    /// <summary>The part of the ratings that the biased model is judged by.</summary>
    public const double TestFraction = 0.2;
}
