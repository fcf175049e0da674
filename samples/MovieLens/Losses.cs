using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.MovieLens;

/// <summary>The losses of this program, as they are written on paper; the generator makes their gradients and trainers.</summary>
public static partial class Losses
{
    /// <summary>The classic notebook's loss: ratings that are all there.</summary>
    [Loss]
    public static double Quadratic(
        [Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R, double reg) =>
        0.5 * Sum(Square(U * M.T - R)) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>The classic loss on sparse ratings: each missing one is filled by its movie's mean, and all m × n pairs count.</summary>
    [Loss]
    public static double Classic(
        [Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + reg / 2 * Sum(Square(U)) + reg / 2 * Sum(Square(M));

    /// <summary>The masked loss: the observed ratings only, predicted from a mean, biases and factors.</summary>
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

    /// <summary>The masked loss without factors, a baseline.</summary>
    [Loss]
    public static double BiasOnly(
        [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, [Factor] double mu, SparseMatrix<double> R, double biasReg) =>
        0.5 * Sum(Observed(R) % Square(PredictFromBiases(b, d, mu) - R)) + biasReg / 2 * (Sum(Square(b)) + Sum(Square(d)));

    [Prediction]
    private static Matrix<double> Predict(Matrix<double> U, Matrix<double> M, ColumnVector<double> b, ColumnVector<double> d, double mu) =>
        U * M.T + b + d.T + mu;

    [Prediction]
    private static Matrix<double> PredictFromBiases(ColumnVector<double> b, ColumnVector<double> d, double mu) => b + d.T + mu;
}
