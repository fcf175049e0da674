using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Robust
{
    /// <summary>A smooth Huber: δ²(√(1 + (e/δ)²) − 1).</summary>
    [Loss, CorpusEntry("B3")]
    public static double PseudoHuberError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        Sum(Observed(R) % PseudoHuber(U * V.T - R, delta));
}
