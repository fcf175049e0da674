using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Regularizers
{
    /// <summary>Frobenius norms, not squared.</summary>
    [Loss, CorpusEntry("F3")]
    public static double Norms([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) + reg * (Norm(U) + Norm(V));
}
