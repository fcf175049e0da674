// Logistic matrix factorization is meant over all pairs, and a row's softmax is.
#pragma warning disable AGMF0017

using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Losses that fall without end, or whose minimum is at infinity, with a ridge that gives them one. Ratings go to 5: a fifth of them is a
/// probability.
/// </summary>
public static partial class Penalized
{
    /// <summary>Logistic.</summary>
    [Loss]
    public static double Logistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        Sum(Observed(R) % (Softplus(U * V.T) - 0.2 * R % (U * V.T))) + Ridge(U, V, reg);

    /// <summary>Logistic matrix factorization of counts.</summary>
    [Loss]
    public static double WeightedLogistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        Categorical.WeightedLogistic(U, V, R, alpha) + Ridge(U, V, reg);

    /// <summary>Softmax over each row.</summary>
    [Loss]
    public static double Softmax([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> T, double reg) =>
        Categorical.Softmax(U, V, Observed(T)) + Ridge(U, V, reg);

    /// <summary>Bayesian personalised ranking.</summary>
    [Loss]
    public static double Bpr([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l, double reg) =>
        Ranking.Bpr(U, V, i, j, l) + Ridge(U, V, reg);

    /// <summary>ln cosh of the residuals.</summary>
    [Loss]
    public static double LogCoshError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        Robust.LogCoshError(U, V, R) + Ridge(U, V, reg);

    /// <summary>Residuals of which those far off have no say, so that rows are not convex.</summary>
    [Loss]
    public static double WelschError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta, double reg) =>
        Robust.WelschError(U, V, R, delta) + Ridge(U, V, reg);

    /// <summary>Zeros within rows, whole rows, and a factor of a bias that is as a whole zero or not.</summary>
    [Loss]
    public static double SparseGroups(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + b - R)) + 4 * reg * (Norm1(U) + Sum(RowNorms(U)) + Sum(RowNorms(V.T)) + Norm(b));

    /// <summary>The lasso of factors that are not negative.</summary>
    [Loss]
    public static double NonNegativeLasso([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg * (4 * Norm1(U) + Norm1(V));

    /// <summary>Weights of observed ratings.</summary>
    [Loss]
    public static double Weighted([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> W, SparseMatrix<double> R, double reg) =>
        SquaredError.Weighted(U, V, W, R) + Ridge(U, V, reg);

    /// <summary>Neighbours in a graph.</summary>
    [Loss]
    public static double GraphPenalty([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> L, SparseMatrix<double> R, double reg) =>
        SquaredError.GraphPenalty(U, V, L, R, reg) + Ridge(U, V, reg);

    /// <summary>Smooth along the rows of U.</summary>
    [Loss]
    public static double Smooth([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> D, SparseMatrix<double> R, double reg) =>
        Regularizers.Smooth(U, V, D, R, reg) + Ridge(U, V, reg);

    /// <summary>A stand-in for the rank.</summary>
    [Loss]
    public static double LowRank([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg, double epsilon) =>
        Regularizers.LowRank(U, V, R, reg, epsilon) + Ridge(U, V, reg);

    /// <summary>A barrier that keeps factors positive.</summary>
    [Loss]
    public static double Barrier([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        Regularizers.Barrier(U, V, R, reg) + Ridge(U, V, reg);

    /// <summary>Three factors over all pairs.</summary>
    [Loss]
    public static double TriFactor(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        AllPairs.TriFactor(U, S, V, R) + Ridge(U, V, reg) + reg / 2 * Sum(Square(S));

    /// <summary>Three factors over the observed pairs.</summary>
    [Loss]
    public static double ThreeFactors(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        SquaredError.ThreeFactors(U, S, V, R) + Ridge(U, V, reg) + reg / 2 * Sum(Square(S));

    /// <summary>Residuals of Cauchy's distribution, of which the curvature is negative far off: ratios near 1 for many.</summary>
    [Loss]
    public static double CauchyError([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        Sum(Observed(R) % Log1p(Square(U * V.T - R))) + Ridge(U, V, reg);

    /// <summary>Each feature has a weight of its own.</summary>
    [Loss]
    public static double WeightedFeatures(
        [Factor] Matrix<double> U, [Factor, Shape("k")] ColumnVector<double> c, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        SquaredError.WeightedFeatures(U, c, V, R) + Ridge(U, V, reg) + reg / 2 * Sum(Square(c));

    /// <summary>The same over all pairs.</summary>
    [Loss]
    public static double WeightedFeaturesOfAllPairs(
        [Factor, Shape("k")] ColumnVector<double> c, [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * Diag(c) * V.T - R)) + Ridge(U, V, reg) + reg * Sum(Square(c));

    /// <summary>Each user has a scale of its own.</summary>
    [Loss]
    public static double ScaledRows(
        [Factor] Matrix<double> U, [Factor] ColumnVector<double> b, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(b % (U * V.T) - R)) + Ridge(U, V, reg) + reg / 2 * Sum(Square(b));

    /// <summary>Samples of three things each, by canonical polyadic decomposition.</summary>
    [Loss]
    public static double ThreeWay(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] Matrix<double> Y, IndexVector i, IndexVector j, IndexVector l, double reg) =>
        0.5 * Sum(Square(RowSums(U[i] % V[j] % Y[l]) - 1)) + Ridge(U, V, reg) + reg / 2 * Sum(Square(Y));

    /// <summary>Logistic regression.</summary>
    [Loss]
    public static double LogisticRegression([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y, double reg) =>
        Classical.LogisticRegression(w, A, y) + reg / 2 * Sum(Square(w));

    /// <summary>A quadratic form that is positive.</summary>
    [Loss]
    public static double QuadraticForm([Factor] ColumnVector<double> w, Matrix<double> A) =>
        Classical.QuadraticForm(w, A) + Sum(Square(w));

    /// <summary>The log-determinant of an inverse.</summary>
    [Loss]
    public static double LogDeterminant([Factor, Shape("m", "m")] Matrix<double> Z) =>
        Classical.LogDeterminant(Z) + Sum(Square(Z));

    private static double Ridge(Matrix<double> U, Matrix<double> V, double reg) => reg / 2 * (Sum(Square(U)) + Sum(Square(V)));
}
