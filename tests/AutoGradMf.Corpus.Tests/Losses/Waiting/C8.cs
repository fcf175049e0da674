using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Categorical
{
    /// <summary>Softmax over each row; T holds a 1 at the row's class.</summary>
    [Loss, CorpusEntry("C8")]
    public static double Softmax([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> T) =>
        Sum(RowLogSumExp(U * V.T)) - Sum(T % (U * V.T));
}
