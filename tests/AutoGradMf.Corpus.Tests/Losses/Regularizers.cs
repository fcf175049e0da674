using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>What keeps factors small, sparse, positive, smooth or of low rank, added to the errors of the observed ratings.</summary>
public static partial class Regularizers
{
    /// <summary>Elastic net: a share <paramref name="rho"/> of absolute values, the rest squares.</summary>
    [Loss, CorpusEntry("F1")]
    public static double ElasticNet(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double rho) =>
        HalfSquaredErrors(U, V, R)
        + alpha * rho * (Norm1(U) + Norm1(V))
        + alpha * (1 - rho) / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Group lasso: whole rows become zero.</summary>
    [Loss, CorpusEntry("F2")]
    public static double GroupLasso([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) + reg * (Sum(RowNorms(U)) + Sum(RowNorms(V)));

    /// <summary>Frobenius norms, not squared.</summary>
    [Loss, CorpusEntry("F3")]
    public static double Norms([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) + reg * (Norm(U) + Norm(V));

    /// <summary>A barrier that keeps factors positive.</summary>
    [Loss, CorpusEntry("F4")]
    public static double Barrier([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) - reg * (Sum(Log(U)) + Sum(Log(V)));

    /// <summary>Smooth along the rows of U, such as time: D takes differences of neighbours.</summary>
    [Loss, CorpusEntry("F5")]
    public static double Smooth(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> D, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) + reg / 2 * Sum(Square(D * U));

    /// <summary>Log-determinant, a smooth stand-in for the rank.</summary>
    [Loss, CorpusEntry("F6")]
    public static double LowRank(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg, double epsilon) =>
        HalfSquaredErrors(U, V, R) + reg * LogDet(U.T * U + epsilon * Identity(U.Columns));

    private static double HalfSquaredErrors(Matrix<double> U, Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R));
}
