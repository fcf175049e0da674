using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Classical
{
    /// <summary>The log-determinant of an inverse.</summary>
    [Loss, CorpusEntry("G5")]
    public static double LogDeterminant([Factor, Shape("m", "m")] Matrix<double> Z) =>
        LogDet(Inverse(Z));
}
