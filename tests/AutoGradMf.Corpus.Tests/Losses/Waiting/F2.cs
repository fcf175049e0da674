using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class Regularizers
{
    /// <summary>Group lasso: whole rows become zero.</summary>
    [Loss, CorpusEntry("F2")]
    public static double GroupLasso([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        HalfSquaredErrors(U, V, R) + reg * (Sum(RowNorms(U)) + Sum(RowNorms(V)));
}
