using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Losses of the corpus as others would write them: with other operators, in other order, with helpers, lambdas, locals.</summary>
public static partial class Rewritten
{
    private const double Half = 0.5;

    [Loss, CorpusEntry("A1sparse")]
    public static double DotProduct([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Dot(U * V.T - R, U * V.T - R);

    [Loss, CorpusEntry("A1sparse")]
    public static double SquaredNorm([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Square(Norm(R - U * V.T));

    [Loss, CorpusEntry("A1dense")]
    public static double TraceOfGram([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) =>
        Trace((U * V.T - R).T * (U * V.T - R)) / 2;

    [Loss, CorpusEntry("A3")]
    public static double LocalVariables([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg)
    {
        var errors = Observed(R) % (U * V.T - R);
        var size = Sum(Square(U)) + Sum(Square(V));
        return Half * Sum(Square(errors)) + reg * Half * size;
    }

    [Loss, CorpusEntry("A4")]
    public static double OtherOrder(
        [Factor] double mu,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        double reg,
        SparseMatrix<double> R) =>
        reg / 2 * (Dot(b, b) + d.T * d + Square(Norm(U)) + Square(Norm(V))) + 0.5 * Sum(Observed(R) % Square(R - mu - b - d.T - U * V.T));

    [Loss, CorpusEntry("A5")]
    public static double RidgeOfEachRating([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % (Square(U * V.T - R) + reg * (RowSums(Square(U)) + RowSums(Square(V)).T)));

    [Loss, CorpusEntry("A7")]
    public static double AllPairsAndCorrection(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum(Square(U * V.T))
        + 0.5 * Sum(Observed(R) % ((1 + alpha * R) % Square(1 - U * V.T) - Square(U * V.T)))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss, CorpusEntry("A13")]
    public static double DotWithLaplacian(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> L, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * Dot(U, L * U);

    [Loss, CorpusEntry("B1")]
    public static double AbsoluteNorm([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Norm1(Observed(R) % (U * V.T - R));

    [Loss, CorpusEntry("B2")]
    public static double Conditional([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        Sum(Observed(R) % Map(U * V.T - R, e => Math.Abs(e) <= delta ? Half * e * e : delta * (Math.Abs(e) - delta / 2)));

    [Loss, CorpusEntry("B3")]
    public static double SquareRoot([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double delta) =>
        delta * delta * Sum(Observed(R) % (Sqrt(1 + Square((U * V.T - R) / delta)) - 1));

    [Loss, CorpusEntry("B4")]
    public static double MethodGroup([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Map(U * V.T - R, StableLogCosh));

    [Loss, CorpusEntry("B5")]
    public static double Lambda([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double tau) =>
        Sum(Observed(R) % Map(R, U * V.T, (r, x) => Math.Max(tau * (r - x), (tau - 1) * (r - x))));

    [Loss, CorpusEntry("C1")]
    public static double CrossEntropy([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        -Sum(R % Log(Sigmoid(U * V.T)) + (Observed(R) - R) % Log(Sigmoid(-(U * V.T))));

    [Loss, CorpusEntry("C1")]
    public static double LogarithmOfExponential([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % (Log(1 + Exp(U * V.T)) - R % (U * V.T)));

    [Loss, CorpusEntry("C3")]
    public static double LogarithmOfSigmoid([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        -Sum(Observed(R) % LogSigmoid(R % (U * V.T)));

    [Loss, CorpusEntry("C4")]
    public static double Rectified([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(Observed(R) % Relu(1 - R % (U * V.T)));

    [Loss, CorpusEntry("D2")]
    public static double LogarithmsApart([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(U * V.T) + Sum(Observed(R) % (R % Log(R) - R % Log(U * V.T) - R));

    [Loss, CorpusEntry("D2")]
    public static double OneSum([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Sum(R % Log(R / (U * V.T)) - R + U * V.T);

    [Loss, CorpusEntry("E1")]
    public static double DifferenceOfScores(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l) =>
        -Sum(LogSigmoid(RowDots(U[i], V[j]) - RowSums(U[i] % V[l])));

    [Loss, CorpusEntry("F1")]
    public static double AbsoluteSums(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double rho) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + alpha * (Net(U, rho) + Net(V, share: rho));

    [Loss, CorpusEntry("F2")]
    public static double RootsOfRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg * Sum(Sqrt(RowSums(Square(U)))) + reg * Sum(Sqrt(RowSums(V % V)));

    [Loss, CorpusEntry("F3")]
    public static double RootsOfSums([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg * Sqrt(Sum(Square(U))) + reg * Math.Sqrt(Dot(V, V));

    [Loss, CorpusEntry("F5")]
    public static double SquaredNormOfDifferences(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> D, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * Trace(U.T * D.T * D * U);

    [Loss, CorpusEntry("G2")]
    public static double InnerProduct([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y) =>
        (A * w - y).T * (A * w - y);

    [Loss, CorpusEntry("G3")]
    public static double Dotted([Factor] ColumnVector<double> w, Matrix<double> A) => Dot(A * w, w) / 2;

    [Loss, CorpusEntry("G5")]
    public static double Negated([Factor, Shape("m", "m")] Matrix<double> Z) => -LogDet(Z);

    [Loss, CorpusEntry("G6")]
    public static double SumOfAbsolutes([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y) => Sum(Abs(y - A * w));

    private static double StableLogCosh(double e)
    {
        var size = Math.Abs(e);
        return size + Log1p(Math.Exp(-2 * size)) - Math.Log(2);
    }

    private static double Net(Matrix<double> factor, double share = 1) =>
        share * Sum(Abs(factor)) + (1 - share) / 2 * Sum(Square(factor));
}
