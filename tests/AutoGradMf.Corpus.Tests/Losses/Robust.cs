using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Residuals whose outliers count less than squared.</summary>
public static partial class Robust
{
    /// <summary>Absolute errors; the slope at 0 is taken as 0.</summary>
    [Loss, CorpusEntry("B1")]
    public static double AbsoluteError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Abs(U * V.T - R));

    /// <summary>Squared up to <paramref name="delta"/>, absolute beyond.</summary>
    [Loss, CorpusEntry("B2")]
    public static double HuberError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        Sum(Observed(R) % Huber(U * V.T - R, delta));

    /// <summary>A smooth Huber: δ²(√(1 + (e/δ)²) − 1).</summary>
    [Loss, CorpusEntry("B3")]
    public static double PseudoHuberError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        Sum(Observed(R) % PseudoHuber(U * V.T - R, delta));

    /// <summary>ln cosh: squared near 0, absolute far from it.</summary>
    [Loss, CorpusEntry("B4")]
    public static double LogCoshError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % LogCosh(U * V.T - R));

    /// <summary>Predicts the <paramref name="tau"/>-quantile of a rating.</summary>
    [Loss, CorpusEntry("B5")]
    public static double PinballError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double tau) =>
        Sum(Observed(R) % Max(tau * (R - U * V.T), (tau - 1) * (R - U * V.T)));

    /// <summary>Welsch: what is far off has no say at all.</summary>
    [Loss, CorpusEntry("B7")]
    public static double WelschError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        -delta * delta / 2 * Sum(Observed(R) % Expm1(-Square((U * V.T - R) / delta)));
}
