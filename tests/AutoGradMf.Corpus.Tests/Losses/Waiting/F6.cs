using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Regularizers
{
    /// <summary>Log-determinant, a smooth stand-in for the rank.</summary>
    [Loss, CorpusEntry("F6")]
    public static double LowRank(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg, double epsilon) =>
        HalfSquaredErrors(U, V, R) + reg * LogDet(U.T * U + epsilon * Identity(U.Columns));
}
