using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Squared errors and divergences over all pairs beside sparse data that are no entries of the corpus: what is separable is to be
/// found in them too.
/// </summary>
public static partial class AllPairs
{
    /// <summary>A missing rating is an effect of its row times one of its column.</summary>
    [Loss]
    public static double FilledByEffects(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a, ColumnVector<double> c) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, a * c.T)));

    /// <summary>A missing rating is its row's mean times an effect of its column.</summary>
    [Loss]
    public static double FilledByScaledMeans(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> c) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, RowMeans(R) * c.T)));

    /// <summary>A missing rating is the mean of its row's and its column's means.</summary>
    [Loss]
    public static double FilledByBothMeans([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, (RowMeans(R) + ColumnMeans(R)) / 2)));

    /// <summary>A missing rating is what another factorization predicts.</summary>
    [Loss]
    public static double FilledByPrediction(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, Matrix<double> P, Matrix<double> Q) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, P * Q.T)));

    /// <summary>A pair counts by how frequent its row and its column are.</summary>
    [Loss]
    public static double WeightedByFrequency(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a, ColumnVector<double> c) =>
        0.5 * Sum((a * c.T) % Square(U * V.T - R));

    /// <summary>A pair counts by weights of low rank.</summary>
    [Loss]
    public static double WeightedByProduct(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, Matrix<double> P, Matrix<double> Q, double reg) =>
        0.5 * Sum((P * Q.T) % Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Weights of low rank beside equal ones, and biases.</summary>
    [Loss]
    public static double WeightedBiased(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, Matrix<double> P, Matrix<double> Q, double alpha, double reg) =>
        0.5 * Sum((alpha + P * Q.T) % Square(U * V.T + b - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Dot(b, b));

    /// <summary>Implicit feedback of users who share the tastes of their group.</summary>
    [Loss]
    public static double Grouped(
        [Factor] Matrix<double> U, [Factor] Matrix<double> G, [Factor] Matrix<double> V, SparseMatrix<double> R, IndexVector group, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * R) % Square((U + G[group]) * V.T - Observed(R))) + reg / 2 * (Sum(Square(U)) + Sum(Square(G)) + Sum(Square(V)));

    /// <summary>Observed pairs count fully, missing ones by the popularity of their column (He and others 2016).</summary>
    [Loss]
    public static double WeightedNegatives(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> c) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + 0.5 * Sum(c.T % Square(U * V.T)) - 0.5 * Sum(Observed(R) % (c.T % Square(U * V.T)));

    /// <summary>Ratings and the features of movies share the movies' factor (Singh and Gordon 2008).</summary>
    [Loss]
    public static double Collective(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] Matrix<double> F, SparseMatrix<double> R, SparseMatrix<double> B) =>
        0.5 * Sum(Square(U * V.T - R)) + 0.5 * Sum(Square(V * F.T - B));

    /// <summary>Three factors, the middle one small (Ding and others 2006).</summary>
    [Loss]
    public static double TriFactor(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Square(U * S * V.T - R));

    /// <summary>A graph's weights by one factor.</summary>
    [Loss]
    public static double Symmetric([Factor] Matrix<double> U, SparseMatrix<double> L) =>
        0.5 * Sum(Square(U * U.T - L));

    /// <summary>A graph's weights by one factor and relations between its features.</summary>
    [Loss]
    public static double SymmetricRelations(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, SparseMatrix<double> L) =>
        0.5 * Sum(Square(U * S * U.T - L));

    /// <summary>Generalised Kullback-Leibler of a graph's weights, which are 1 where they are stored.</summary>
    [Loss]
    public static double SymmetricDivergence([Factor] Matrix<double> U, SparseMatrix<double> L) =>
        Sum(U * U.T) - Sum(Observed(L) % Log(U * U.T));

    /// <summary>Generalised Kullback-Leibler by three factors.</summary>
    [Loss]
    public static double TriFactorDivergence(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(U * S * V.T) - Sum(R % Log(U * S * V.T));

    /// <summary>Biases beside the factors.</summary>
    [Loss]
    public static double Biased(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        [Factor] double mu,
        SparseMatrix<double> R) =>
        0.5 * Sum(Square(U * V.T + b + d.T + mu - R));

    /// <summary>A user is also what he rated.</summary>
    [Loss]
    public static double WithNeighbours(
        [Factor] Matrix<double> P, [Factor] Matrix<double> Y, [Factor] Matrix<double> Q, SparseMatrix<double> N, SparseMatrix<double> R) =>
        0.5 * Sum(Square((P + N * Y) * Q.T - R));

    /// <summary>The β-divergence of β = 3 (Cichocki and Amari 2010): third moments of the rows in place of all pairs.</summary>
    [Loss]
    public static double CubicDivergence([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Pow(U * V.T, 3)) / 3 - Sum(R % Square(U * V.T)) / 2 + Sum(Pow(R, 3)) / 6;

    /// <summary>The same of three factors.</summary>
    [Loss]
    public static double CubicTriFactor(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        CubicDivergence(U * S, V, R);

    /// <summary>Factors of known features of users and of movies.</summary>
    [Loss]
    public static double OfFeatures(
        [Factor] Matrix<double> P, [Factor] Matrix<double> Q, SparseMatrix<double> A, SparseMatrix<double> B, SparseMatrix<double> R) =>
        0.5 * Sum(Square(A * P * (B * Q).T - R));

    /// <summary>Beside the features that users and movies have in common.</summary>
    [Loss]
    public static double BesideCommonFeatures(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> A, SparseMatrix<double> B, SparseMatrix<double> R) =>
        0.5 * Sum(Square(U * V.T + A * B.T - R));
}
