using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Counts and positive data.</summary>
public static partial class Counts
{
    /// <summary>Poisson with log link.</summary>
    [Loss, CorpusEntry("D1")]
    public static double Poisson([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % (Exp(U * V.T) - R % (U * V.T)));

    /// <summary>Generalised Kullback-Leibler over all pairs, R being zero where it is not stored. U and V are positive.</summary>
    [Loss, CorpusEntry("D2")]
    public static double KullbackLeibler([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(U * V.T) + Sum(Observed(R) % (R % Log(R / (U * V.T)) - R));

    /// <summary>Itakura-Saito, a ratio's distance from 1. U, V and R are positive.</summary>
    [Loss, CorpusEntry("D3")]
    public static double ItakuraSaito([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % (R / (U * V.T) - Log(R / (U * V.T)) - 1));

    /// <summary>Tweedie with log link, for a power other than 1 and 2. A count of 0 makes the first term 0, whatever the score.</summary>
    [Loss, CorpusEntry("D5")]
    public static double Tweedie([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double power) =>
        Sum(Map(R, U * V.T, (r, x) => (r > 0 ? -r * Exp((1 - power) * x) / (1 - power) : 0) + Exp((2 - power) * x) / (2 - power)));
}
