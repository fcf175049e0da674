using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Robust
{
    /// <summary>Predicts the <paramref name="tau"/>-quantile of a rating.</summary>
    [Loss, CorpusEntry("B5")]
    public static double PinballError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double tau) =>
        Sum(Observed(R) % Max(tau * (R - U * V.T), (tau - 1) * (R - U * V.T)));
}
