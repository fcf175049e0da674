using static AutoGradMf.LossMath;

namespace AutoGradMf.Benchmarks.Descent;

/// <summary>The losses that stochastic gradient is measured on.</summary>
internal static partial class DescentLosses
{
    /// <summary>The observed ratings, with a ridge.</summary>
    [Loss]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>With biases and a mean.</summary>
    [Loss]
    public static double Biased(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        [Factor] double mu,
        SparseMatrix<double> R,
        double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + b + d.T + mu - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)) + Sum(Square(d)));
}
