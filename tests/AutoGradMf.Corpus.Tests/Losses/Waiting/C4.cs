using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Categorical
{
    /// <summary>Hinge, for labels −1 and 1; the slope at margin 1 is taken as 0.</summary>
    [Loss, CorpusEntry("C4")]
    public static double Hinge([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Max(0, 1 - R % (U * V.T)));
}
