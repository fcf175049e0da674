using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

public static partial class SquaredError
{
    /// <summary>Features that are to be orthonormal.</summary>
    [Loss, CorpusEntry("A16")]
    public static double Orthonormal([Factor] Matrix<double> U, double reg) =>
        reg / 4 * Sum(Square(U.T * U - Identity(U.Columns)));
}
