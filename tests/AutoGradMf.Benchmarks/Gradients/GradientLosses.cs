using static AutoGradMf.LossMath;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>The losses whose gradients are measured beside code written by hand.</summary>
internal static partial class GradientLosses
{
    /// <summary>The observed ratings.</summary>
    [Loss]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>All pairs, each missing rating being its movie's mean.</summary>
    [Loss]
    public static double Filled([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, ColumnMeans(R)))) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Implicit feedback on all pairs (Hu, Koren and Volinsky 2008).</summary>
    [Loss]
    public static double Implicit([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * R) % Square(Observed(R) - U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));
}
