using AutoGradMf.Corpus.Tests;

namespace AutoGradMf.Scale.Tests;

/// <summary>Data of many users and movies, made once for all losses.</summary>
public sealed class LargePoint
{
    public const int Users = 200_000;
    public const int Movies = 87_000;
    public const int Rank = 32;
    public const int Entries = 3_000_000;

    /// <summary>Numbers of both factors and the entries.</summary>
    public const long Numbers = ((Users + Movies) * (long)Rank) + Entries;

    internal SyntheticPoint<float> Point { get; } = new(Users, Movies, Rank, Entries);

    /// <summary>The same in double.</summary>
    internal SyntheticPoint<double> WidePoint { get; } = new(Users, Movies, Rank, Entries);
}
