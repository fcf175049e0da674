using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>What is added to keep factors small, sparse, positive, smooth or of low rank; here to the errors of the observed ratings.</summary>
public static partial class Regularizers
{
    /// <summary>A barrier that keeps factors positive.</summary>
    [Loss, CorpusEntry("F4")]
    public static double Barrier([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) - reg * (Sum(Log(U)) + Sum(Log(V)));

    /// <summary>Smooth along the rows of U, such as time: D takes differences of neighbours.</summary>
    [Loss, CorpusEntry("F5")]
    public static double Smooth(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> D, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) + reg / 2 * Sum(Square(D * U));

    private static double HalfSquaredErrors(Matrix<double> U, Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R));
}
