using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Yes or no, and one of several; U·Vᵀ are scores.</summary>
public static partial class Categorical
{
    /// <summary>Logistic, for labels 0 and 1.</summary>
    [Loss, CorpusEntry("C1")]
    public static double Logistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % (Softplus(U * V.T) - R % (U * V.T)));

    /// <summary>Logistic, for labels −1 and 1.</summary>
    [Loss, CorpusEntry("C3")]
    public static double SignedLogistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Softplus(-R % (U * V.T)));
}
