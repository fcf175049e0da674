using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Ranking
{
    /// <summary>Bayesian personalised ranking (Rendle and others 2009).</summary>
    [Loss, CorpusEntry("E1")]
    public static double Bpr([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l) =>
        Sum(Softplus(-RowDots(U[i], V[j] - V[l])));
}
