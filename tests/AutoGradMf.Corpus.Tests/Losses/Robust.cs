using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Residuals whose outliers count less than squared.</summary>
public static partial class Robust
{
    /// <summary>Absolute errors; the slope at 0 is taken as 0.</summary>
    [Loss, CorpusEntry("B1")]
    public static double AbsoluteError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Abs(U * V.T - R));

    /// <summary>Welsch: what is far off has no say at all.</summary>
    [Loss, CorpusEntry("B7")]
    public static double WelschError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        -delta * delta / 2 * Sum(Observed(R) % Expm1(-Square((U * V.T - R) / delta)));
}
