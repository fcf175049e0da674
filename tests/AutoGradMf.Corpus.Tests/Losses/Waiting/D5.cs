using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Counts
{
    /// <summary>Tweedie with log link, for a power other than 1 and 2. Where nothing is counted, the first term is 0, whatever the score.</summary>
    [Loss, CorpusEntry("D5")]
    public static double Tweedie([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double power) =>
        Sum(Map(R, U * V.T, (r, x) => (r > 0 ? -r * Exp((1 - power) * x) / (1 - power) : 0) + Exp((2 - power) * x) / (2 - power)));
}
