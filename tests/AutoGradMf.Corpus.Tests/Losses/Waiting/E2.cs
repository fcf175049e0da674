using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Ranking
{
    /// <summary>Hinge of each pair; the slope at margin 1 is taken as 0.</summary>
    [Loss, CorpusEntry("E2")]
    public static double PairHinge([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l) =>
        Sum(Max(0, 1 - RowDots(U[i], V[j] - V[l])));
}
