using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.Tests;

/// <summary>Low-rank losses of which each factor has a ridge of its own.</summary>
public static partial class RidgeLosses
{
    /// <summary>Every missing rating is its movie's mean.</summary>
    [Loss]
    public static double Filled([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double a, double b) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + a / 2 * Sum(Square(U)) + b / 2 * Sum(Square(M));

    /// <summary>The same with a ridge of the users alone.</summary>
    [Loss]
    public static double FilledOfLeft([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double a) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + a / 2 * Sum(Square(U));

    /// <summary>The same with a ridge of the movies alone.</summary>
    [Loss]
    public static double FilledOfRight([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double b) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + b / 2 * Sum(Square(M));

    /// <summary>The ratings that there are.</summary>
    [Loss]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double a, double b) =>
        0.5 * Sum(Observed(R) % Square(U * M.T - R)) + a / 2 * Sum(Square(U)) + b / 2 * Sum(Square(M));

    /// <summary>Ridges by the sizes of the factors.</summary>
    [Loss]
    public static double Means([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + reg * (Mean(Square(U)) + Mean(Square(M)));

    /// <summary>One feature of everyone, times a number.</summary>
    [Loss]
    public static double Outer([Factor] ColumnVector<double> u, [Factor] ColumnVector<double> v, SparseMatrix<double> R, double scale, double a, double b) =>
        0.5 * Sum(Square(scale * (u * v.T) - FillMissing(R, ColumnMeans(R)))) + a / 2 * Sum(Square(u)) + b / 2 * Sum(Square(v));

    /// <summary>The same with a row vector.</summary>
    [Loss]
    public static double OuterOfRow([Factor] ColumnVector<double> u, [Factor] RowVector<double> v, SparseMatrix<double> R, double a, double b) =>
        0.5 * Sum(Square(u * v - FillMissing(R, ColumnMeans(R)))) + a / 2 * Sum(Square(u)) + b / 2 * Sum(Square(v));

    /// <summary>Each row of a factor meets its own of the other, and no other: of the product, the loss sees the diagonal.</summary>
    [Loss]
    public static double Paired([Factor, Shape("m", "k")] Matrix<double> U, [Factor, Shape("m", "k")] Matrix<double> V, ColumnVector<double> y, double reg) =>
        0.5 * Sum(Square(RowDots(U, V) - y)) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(V));
}
