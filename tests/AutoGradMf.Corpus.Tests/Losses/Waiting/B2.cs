using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Robust
{
    /// <summary>Squared up to <paramref name="delta"/>, absolute beyond.</summary>
    [Loss, CorpusEntry("B2")]
    public static double HuberError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        Sum(Observed(R) % Huber(U * V.T - R, delta));
}
