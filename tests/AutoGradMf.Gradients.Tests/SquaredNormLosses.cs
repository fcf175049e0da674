using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Sums of squares and functions of them: expanded ones over all pairs, and of numbers that may all be zero.</summary>
internal static partial class SquaredNormLosses
{
    [Loss]
    internal static double Squares([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => 0.5 * Sum(Square(U * V.T - R));

    [Loss]
    internal static double FilledSquares([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(U * V.T - FillMissing(R, ColumnMeans(R)))) / 3;

    [Loss]
    internal static double SquaresOfRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(RowSums(Square(U * V.T - R)));

    [Loss]
    internal static double LessSquares([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => 1 - 2 * Sum(Square(R - U * V.T));

    [Loss]
    internal static double Length([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Norm(U * V.T - R);

    [Loss]
    internal static double RootOfTwice([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Math.Sqrt(2 * Sum(Square(U * V.T - R)));

    [Loss]
    internal static double RootOfMean([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Math.Sqrt(Mean(Square(U * V.T - R)));

    [Loss]
    internal static double RootOfFilledMean([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum(Square(U * V.T - FillMissing(R, ColumnMeans(R)))) / (R.Rows * R.Columns));

    [Loss]
    internal static double RootOfMeanOfEntries([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum(Square(U * V.T - R)) / Sum(Observed(R)));

    [Loss]
    internal static double RootOfObservedMean([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum(Observed(R) % Square(U * V.T - R)) / Sum(Observed(R)));

    [Loss]
    internal static double RootsOfRowMeans([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Sqrt(RowMeans(Square(U * V.T - R))));

    [Loss]
    internal static double RootsOfMeansOfEntries([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Sqrt(RowSums(Square(U * V.T - R)) / RowSums(Observed(R))));

    [Loss]
    internal static double PowerOfMean([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Math.Pow(Mean(Square(U * V.T - R)), 0.5);

    [Loss]
    internal static double PowerOfObservedMean([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Pow(Sum(Observed(R) % Square(U * V.T - R)) / Sum(Observed(R)), 0.75);

    [Loss]
    internal static double Lengths([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(RowNorms(U * V.T - R));

    [Loss]
    internal static double PowerOfSquares([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Math.Pow(Sum(Square(U * V.T - R)), 0.75);

    [Loss]
    internal static double LogOfSquares([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Math.Log(Sum(Square(U * V.T - R)) + 1e-6);

    [Loss]
    internal static double SmoothLengths([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Sqrt(1e-12 + RowSums(Square(U * V.T - R))));

    [Loss]
    internal static double RootOfWritten([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum(Square(U * V.T)) - 2 * Sum(R % (U * V.T)) + Sum(Square(R)));

    [Loss]
    internal static double RootsOfWrittenRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Sqrt(3 * RowSums(Square(R)) - 6 * RowSums((U * V.T) % R) + 3 * RowSums(Square(U * V.T))));

    [Loss]
    internal static double RootOfWrittenEntries([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(0.1 * (Sum(Observed(R) % Square(U * V.T)) - 2 * Sum(R % (U * V.T)) + Sum(Square(R))) + 0.3 * Sum(Square(U * V.T - R)));

    [Loss]
    internal static double LogOfWritten([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Log(1e-6 + Sum(Square(R)) + Sum(Square(U * V.T)) - 2 * Sum(R % (U * V.T)));

    [Loss]
    internal static double Written([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Square(U * V.T)) - 2 * Sum(R % (U * V.T)) + Sum(Square(R));

#pragma warning disable AGMF0017 // Meant over all pairs.
    [Loss]
    internal static double EighthPowers([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Square(Square(Square(U * V.T - R))));
#pragma warning restore AGMF0017

    [Loss]
    internal static double RootOfScaledSquares([Factor] Matrix<double> U) => Math.Sqrt(2 * Sum(Square(U)));

    [Loss]
    internal static double RootOfMeanSquare([Factor] Matrix<double> U) => Math.Sqrt(Mean(Square(U)));

    [Loss]
    internal static double RootOfTwoSums([Factor] Matrix<double> U) => Math.Sqrt(Sum(Square(U)) + 3 * Sum(Square(RowSums(U))));
}
