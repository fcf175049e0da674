using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class SquaredError
{
    /// <summary>Each user's and movie's ridge counts as often as they were rated.</summary>
    [Loss, CorpusEntry("A5")]
    public static double CountWeighted([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R))
        + reg / 2 * (Sum(RowSums(Observed(R)) % Square(U)) + Sum(ColumnSums(Observed(R)).T % Square(V)));
}
