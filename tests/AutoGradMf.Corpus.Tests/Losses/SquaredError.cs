using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Squared errors: of all pairs or of the observed ones, with weights, biases, and structure in the prediction.</summary>
public static partial class SquaredError
{
    /// <summary>½‖UVᵀ − R‖² for ratings without gaps.</summary>
    [Loss, CorpusEntry("A1dense")]
    public static double Dense([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) =>
        0.5 * Sum(Square(U * V.T - R));

    /// <summary>½‖UVᵀ − R‖² over all pairs; what is not stored is zero.</summary>
    [Loss, CorpusEntry("A1sparse")]
    public static double Sparse([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Square(U * V.T - R));

    /// <summary>The same with ridge.</summary>
    [Loss, CorpusEntry("A2")]
    public static double Ridged([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Every missing rating is its column's mean of the observed ones.</summary>
    [Loss, CorpusEntry("A2f")]
    public static double Filled([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, ColumnMeans(R)))) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>The observed ratings alone.</summary>
    [Loss, CorpusEntry("A3")]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>A global mean and a bias of each user and movie.</summary>
    [Loss, CorpusEntry("A4")]
    public static double Biased(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        [Factor] double mu,
        SparseMatrix<double> R,
        double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + b + d.T + mu - R))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)) + Sum(Square(d)));

    /// <summary>Each user's and movie's ridge counts as often as they were rated.</summary>
    [Loss, CorpusEntry("A5")]
    public static double CountWeighted([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R))
        + reg / 2 * (Sum(RowSums(Observed(R)) % Square(U)) + Sum(ColumnSums(Observed(R)).T % Square(V)));

    /// <summary>Each error with a weight of its own; what has no weight does not count.</summary>
    [Loss, CorpusEntry("A6")]
    public static double Weighted([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> W, SparseMatrix<double> R) =>
        0.5 * Sum(W % Square(U * V.T - R));

    /// <summary>
    /// Implicit feedback: every pair counts, those with clicks as preferred and with more confidence (Hu, Koren and Volinsky 2008).
    /// </summary>
    [Loss, CorpusEntry("A7")]
    public static double Implicit(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * R) % Square(Observed(R) - U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>SVD++: a user is also what he rated, N, whatever the rating (Koren 2008).</summary>
    [Loss, CorpusEntry("A9")]
    public static double SvdPlusPlus(
        [Factor] Matrix<double> P,
        [Factor] Matrix<double> Y,
        [Factor] Matrix<double> Q,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        SparseMatrix<double> N,
        SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square((P + N * Y) * Q.T + b + d.T - R));

    /// <summary>Three factors, the middle one between the features of the two others.</summary>
    [Loss, CorpusEntry("A10")]
    public static double ThreeFactors(
        [Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square(U * S * V.T - R));

    /// <summary>Movies have their features in columns, as non-negative factorization is mostly written.</summary>
    [Loss]
    public static double FeaturesFirst([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Each feature has a weight of its own.</summary>
    [Loss]
    public static double WeightedFeatures([Factor] Matrix<double> U, [Factor, Shape("k")] ColumnVector<double> c, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square(U * Diag(c) * V.T - R));

    /// <summary>Factors of known features of users, A, and of movies, B, so that new ones are predicted too.</summary>
    [Loss, CorpusEntry("A11")]
    public static double Features(
        [Factor] Matrix<double> P, [Factor] Matrix<double> Q, SparseMatrix<double> A, SparseMatrix<double> B, SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square(A * P * (B * Q).T - R));

    /// <summary>Users who are neighbours in a graph with Laplacian L have similar factors.</summary>
    [Loss, CorpusEntry("A13")]
    public static double GraphPenalty(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> L, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * Trace(U.T * L * U);

    /// <summary>Ratings, and features of movies as far as they are known, share the movies' factor (Singh and Gordon 2008).</summary>
    [Loss]
    public static double Collective(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] Matrix<double> F, [Factor] double mu, SparseMatrix<double> R, SparseMatrix<double> B, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + mu - R)) + 0.5 * Sum(Observed(B) % Square(V * F.T - B))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(F)) + mu * mu);

    /// <summary>Features that are to be orthonormal.</summary>
    [Loss, CorpusEntry("A16")]
    public static double Orthonormal([Factor] Matrix<double> U, double reg) =>
        reg / 4 * Sum(Square(U.T * U - Identity(U.Columns)));
}
