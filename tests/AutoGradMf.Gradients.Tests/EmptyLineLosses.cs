using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Losses with factors of rows and columns that are infinite, or not a number, where no entry is stored.</summary>
internal static partial class EmptyLineLosses
{
    [Loss]
    internal static double OverRowSums([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Square(U * V.T - R / RowSums(R)));

    [Loss]
    internal static double OverColumnSums([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Square(U * V.T - R / ColumnSums(R)));

    [Loss]
    internal static double OverRoots([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(U * V.T - R / Sqrt(RowSums(R)) / Sqrt(ColumnSums(R))));

    [Loss]
    internal static double Logarithms([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Square(U * V.T - R % Log(RowSums(R))));

    [Loss]
    internal static double PowersOfColumns([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(U * V.T - R) % Pow(ColumnSums(R), -0.5));

    [Loss]
    internal static double MeansOfRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(U * V.T - R) / RowSums(Observed(R)));

    [Loss]
    internal static double MeansOfBoth([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, SparseMatrix<double> S) =>
        Sum(Observed(R) % Square(U * V.T - R) % S / RowSums(R % S) / ColumnSums(R % S));

    [Loss]
    internal static double Divergence([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(U * V.T) - Sum(R / RowSums(R) % Log(U * V.T));

    [Loss]
    internal static double Linear([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(U * V.T)) - 2 * Sum(R / RowSums(R) % (U * V.T));

    [Loss]
    internal static double SumsOfRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(RowSums(R % (U * V.T) / RowSums(R))));

    [Loss]
    internal static double InFunction([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Softplus(U * V.T / ColumnSums(R)));

#pragma warning disable AGMF0017 // Meant over all pairs.
    [Loss]
    internal static double OfAllPairs([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Softplus(U * V.T - R / RowSums(R)));
#pragma warning restore AGMF0017

    [Loss]
    internal static double Implicit([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha) =>
        Sum((1 + alpha * R / RowSums(R)) % Square(U * V.T - Observed(R)));

    [Loss]
    internal static double ByWeights([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> w) =>
        Sum(Observed(R) % Square(U * V.T - R) / w);

    [Loss]
    internal static double ByScale([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R) =>
        Sum(Square(U * V.T - R / b));

    [Loss]
    internal static double ByLogarithmOfScale([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(U * V.T - R) / Square(Log(b) - 3));

    [Loss]
    internal static double ByLengths([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(U * V.T / RowNorms(U) / RowNorms(V).T - R));

    [Loss]
    internal static double ByLogarithms([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(Log(U) * V.T - R));

    [Loss]
    internal static double ByDot([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(U * V.T)) - 2 * Dot(R, U * V.T / RowSums(R));

    [Loss]
    internal static double ByRowDots([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(RowDots(R, U * V.T / ColumnSums(R))));

    [Loss]
    internal static double TimesLogarithms([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Square(R * Log(V) - U));

    [Loss]
    internal static double Repeated([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(U * V.T - -2 * (R / RowSums(R)) / RowSums(R) / ColumnSums(R)));

    [Loss]
    internal static double ByOwnFunction([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(U * V.T - R) % Map(RowSums(R), Inverted));

    [Partial("x", "-Square(Inverted(x))")]
    internal static double Inverted(double x) => 1 / x;

    [Loss]
    internal static double ByExponential([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R) => Sum(R / Exp(b) % Exp(U * V.T));

    [Loss]
    internal static double ExponentialsByScale([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(Exp(U) * V.T / b - R));

    [Loss]
    internal static double Memberships([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(Exp(U) / RowSums(Exp(U)) * V.T - R));

    [Loss]
    internal static double MembershipsOfBoth([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Softplus(Exp(U) / RowSums(Exp(U)) * (Exp(V) / RowSums(Exp(V))).T - R));

    [Loss]
    internal static double OverSumsOfPairs([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Square(Softplus(U) * Softplus(V).T / (3 + RowSums(U * V.T)) - R));
}
