using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Losses whose factors stay within bounds.</summary>
public static partial class Bounded
{
    /// <summary>Non-negative matrix factorization of the observed ratings.</summary>
    [Loss]
    public static double NonNegative([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        SquaredError.Masked(U, V, R, reg);

    /// <summary>A box for the one, a half-space for the other.</summary>
    [Loss]
    public static double Box([Factor(Min = -0.5, Max = 1)] Matrix<double> U, [Factor(Max = 2)] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        SquaredError.Masked(U, V, R, reg);

    /// <summary>Generalised Kullback-Leibler where it is defined.</summary>
    [Loss]
    public static double KullbackLeibler([Factor(Min = 0.01)] Matrix<double> U, [Factor(Min = 0.01)] Matrix<double> V, SparseMatrix<double> R) =>
        Counts.KullbackLeibler(U, V, R);

    /// <summary>A graph's weights.</summary>
    [Loss]
    public static double SymmetricDivergence([Factor(Min = 0.01)] Matrix<double> U, SparseMatrix<double> L) => AllPairs.SymmetricDivergence(U, L);

    /// <summary>Three factors.</summary>
    [Loss]
    public static double TriFactorDivergence(
        [Factor(Min = 0.01)] Matrix<double> U, [Factor(Min = 0.01), Shape("k", "k")] Matrix<double> S, [Factor(Min = 0.01)] Matrix<double> V, SparseMatrix<double> R) =>
        AllPairs.TriFactorDivergence(U, S, V, R);

    /// <summary>The β-divergence of β = 3, with a ridge: of what is zero, the third power has no curvature.</summary>
    [Loss]
    public static double CubicDivergence([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        AllPairs.CubicDivergence(U, V, R) + reg * (Sum(Square(U)) + Sum(Square(V)));
}
