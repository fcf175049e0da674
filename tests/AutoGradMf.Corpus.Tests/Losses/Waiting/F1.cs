using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Regularizers
{
    /// <summary>Elastic net: a share <paramref name="rho"/> of absolute values, the rest squares.</summary>
    [Loss, CorpusEntry("F1")]
    public static double ElasticNet(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double rho) =>
        HalfSquaredErrors(U, V, R)
        + alpha * rho * (Norm1(U) + Norm1(V))
        + alpha * (1 - rho) / 2 * (Sum(Square(U)) + Sum(Square(V)));
}
