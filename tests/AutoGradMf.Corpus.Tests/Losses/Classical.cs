using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Forms without a product of factors: regression, quadratic forms, determinants.</summary>
public static partial class Classical
{
    /// <summary>Logistic regression, for labels −1 and 1.</summary>
    [Loss, CorpusEntry("G1")]
    public static double LogisticRegression([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y) =>
        Sum(Softplus(-y % (A * w)));

    /// <summary>Least squares.</summary>
    [Loss, CorpusEntry("G2")]
    public static double LeastSquares([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y) =>
        Sum(Square(A * w - y));

    /// <summary>A quadratic form; A need not be symmetric.</summary>
    [Loss, CorpusEntry("G3")]
    public static double QuadraticForm([Factor] ColumnVector<double> w, Matrix<double> A) =>
        0.5 * (w.T * A * w);

    /// <summary>The log-determinant of an inverse.</summary>
    [Loss, CorpusEntry("G5")]
    public static double LogDeterminant([Factor, Shape("m", "m")] Matrix<double> Z) =>
        LogDet(Inverse(Z));

    /// <summary>Least absolute deviations; the slope at 0 is taken as 0.</summary>
    [Loss, CorpusEntry("G6")]
    public static double LeastAbsolute([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y) =>
        Norm1(A * w - y);
}
