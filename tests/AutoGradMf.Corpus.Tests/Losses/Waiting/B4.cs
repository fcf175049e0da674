using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Robust
{
    /// <summary>ln cosh: squared near 0, absolute far from it.</summary>
    [Loss, CorpusEntry("B4")]
    public static double LogCoshError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % LogCosh(U * V.T - R));
}
