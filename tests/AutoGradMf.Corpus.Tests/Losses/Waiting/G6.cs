using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Classical
{
    /// <summary>Least absolute deviations; the slope at 0 is taken as 0.</summary>
    [Loss, CorpusEntry("G6")]
    public static double LeastAbsolute([Factor] ColumnVector<double> w, Matrix<double> A, ColumnVector<double> y) =>
        Norm1(A * w - y);
}
