using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>User i prefers movie j to movie l.</summary>
public static partial class Ranking
{
    /// <summary>Bayesian personalised ranking (Rendle and others 2009).</summary>
    [Loss, CorpusEntry("E1")]
    public static double Bpr([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l) =>
        Sum(Softplus(-RowDots(U[i], V[j] - V[l])));

    /// <summary>Hinge of each pair; the slope at margin 1 is taken as 0.</summary>
    [Loss, CorpusEntry("E2")]
    public static double PairHinge([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l) =>
        Sum(Max(0, 1 - RowDots(U[i], V[j] - V[l])));
}
