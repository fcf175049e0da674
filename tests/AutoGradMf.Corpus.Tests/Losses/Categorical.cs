// C2 and C8 are meant over all pairs.
#pragma warning disable AGMF0017

using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Yes or no, and one of several; U·Vᵀ are scores.</summary>
public static partial class Categorical
{
    /// <summary>Logistic, for labels 0 and 1.</summary>
    [Loss, CorpusEntry("C1")]
    public static double Logistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % (Softplus(U * V.T) - R % (U * V.T)));

    /// <summary>Logistic matrix factorization of counts, all pairs (Johnson 2014): m × n exponentials cannot be avoided.</summary>
    [Loss, CorpusEntry("C2")]
    public static double WeightedLogistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha) =>
        Sum((1 + alpha * R) % Softplus(U * V.T) - alpha * R % (U * V.T));

    /// <summary>Logistic, for labels −1 and 1.</summary>
    [Loss, CorpusEntry("C3")]
    public static double SignedLogistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Softplus(-R % (U * V.T)));

    /// <summary>Hinge, for labels −1 and 1; the slope at margin 1 is taken as 0.</summary>
    [Loss, CorpusEntry("C4")]
    public static double Hinge([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Max(0, 1 - R % (U * V.T)));

    /// <summary>Softmax over each row; T holds a 1 at the row's class.</summary>
    [Loss, CorpusEntry("C8")]
    public static double Softmax([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> T) =>
        Sum(RowLogSumExp(U * V.T)) - Sum(T % (U * V.T));
}
