using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.Tests;

/// <summary>Losses of what users have rated, whatever the rating.</summary>
public static partial class RankingLosses
{
    /// <summary>Implicit feedback: every pair counts, those that were rated as preferred and more (Hu, Koren and Volinsky 2008).</summary>
    [Loss]
    public static double Implicit(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * Observed(R)) % Square(Observed(R) - U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Bayesian personalised ranking: user i prefers movie j to movie l (Rendle and others 2009).</summary>
    [Loss]
    public static double Bpr(
        [Factor] Matrix<double> U,
        [Factor, Shape("n", "k")] Matrix<double> V,
        [Factor, Shape("n")] ColumnVector<double> d,
        IndexVector i,
        IndexVector j,
        IndexVector l,
        double reg) =>
        Sum(Softplus(-(RowDots(U[i], V[j] - V[l]) + d[j] - d[l])))
        + reg / 2 * (Sum(Square(U[i])) + Sum(Square(V[j])) + Sum(Square(V[l])));
}
