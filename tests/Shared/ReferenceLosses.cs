using static AutoGradMf.LossMath;

namespace AutoGradMf.TestLosses;

/// <summary>
/// The losses that several test projects train, differentiate or print. U is m users × k features, M is n movies × k.
/// tests/AutoGradMf.Golden/golden.py states the same losses in PyTorch.
/// </summary>
public static partial class ReferenceLosses
{
    /// <summary>½‖U·Mᵀ − R‖² with ridge, for a dense R.</summary>
    [Loss]
    public static double Quadratic([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R, double reg) =>
        0.5 * Sum(Square(U * M.T - R)) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>The classic notebook: every missing rating is its movie's mean of the observed ones, summed over all pairs.</summary>
    [Loss]
    public static double Classic([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>Every missing rating is its user's mean of the observed ones.</summary>
    [Loss]
    public static double FilledByRowMeans([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, RowMeans(R)))) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>Every missing rating is one given number.</summary>
    [Loss]
    public static double FilledByGlobal(
        [Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double fill, double reg) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, fill))) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>Observed ratings only.</summary>
    [Loss]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * M.T - R)) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>Observed ratings only, predicted with a mean and a bias of each user and movie.</summary>
    [Loss]
    public static double Biased(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> M,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        [Factor] double mu,
        SparseMatrix<double> R,
        double reg,
        double biasReg) =>
        0.5 * Sum(Observed(R) % Square(Predict(U, M, b, d, mu) - R))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(M)))
        + biasReg / 2 * (Sum(Square(b)) + Sum(Square(d)));

    /// <summary>‖U·Mᵀ − R‖² over all pairs, a rating that is not stored being zero.</summary>
    [Loss]
    public static double SparseSquared([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) =>
        Sum(Square(U * M.T - R));

    /// <summary>Each squared error with its own weight; what has no weight does not count.</summary>
    [Loss]
    public static double Weighted(
        [Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> W, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(W % Square(U * M.T - R)) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    [Prediction]
    private static Matrix<double> Predict(
        Matrix<double> U, Matrix<double> M, ColumnVector<double> b, ColumnVector<double> d, double mu) =>
        U * M.T + b + d.T + mu;
}
