using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Sums over the entries of a pattern beside sums over those that it has in common with another one.</summary>
public static partial class Overlapping
{
    /// <summary>Ratings, of which those that are also in S count more, and are likes of which some are sure.</summary>
    [Loss]
    public static double RatingsAndLikes([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, SparseMatrix<double> S, double alpha, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R))
        + alpha / 2 * Sum(S % Observed(R) % Square(U * V.T - R))
        + Sum(Observed(R) % Observed(S) % Softplus(U * V.T)) - Sum(R % S % (U * V.T))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));
}
