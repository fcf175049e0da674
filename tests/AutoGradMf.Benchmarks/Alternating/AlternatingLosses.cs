using static AutoGradMf.LossMath;

namespace AutoGradMf.Benchmarks.Alternating;

/// <summary>The losses whose factors are solved for in turns, or multiplied.</summary>
internal static partial class AlternatingLosses
{
    /// <summary>The observed ratings.</summary>
    [Loss]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Implicit feedback on all pairs (Hu, Koren and Volinsky 2008).</summary>
    [Loss]
    public static double Implicit([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * R) % Square(Observed(R) - U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Sparse non-negative data, what is not stored being zero.</summary>
    [Loss]
    public static double NonNegative([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Square(U * V.T - R));
}
