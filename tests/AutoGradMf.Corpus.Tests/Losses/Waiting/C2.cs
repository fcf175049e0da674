using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Categorical
{
    /// <summary>Logistic matrix factorization of counts, all pairs (Johnson 2014): m × n exponentials cannot be avoided.</summary>
    [Loss, CorpusEntry("C2")]
    public static double WeightedLogistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha) =>
        Sum((1 + alpha * R) % Softplus(U * V.T) - alpha * R % (U * V.T));
}
