using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>A number that multiplies the product starts at zero, from where the matrices must not follow it.</summary>
public static partial class ScaledProductTests
{
    [Loss]
    internal static double ScaledProduct(
        [Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor] double s, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(s * (U * M.T) - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(M)) + s * s);

    [Fact]
    public static void Training_leaves_the_start()
    {
        var cells = from i in Enumerable.Range(0, 12) from j in Enumerable.Range(0, 9) where (i + j) % 3 > 0 select (i, j, 1.0 + ((i * j) % 5));
        var ratings = SparseMatrix<double>.FromCoordinates(12, 9, cells.ToArray());

        var result = new ScaledProductTrainer<double>(ratings, 0.1, 3).Fit();

        Assert.True(result.Objective < 0.1 * Sum(Square(ratings)), $"It is {result.Objective} after {result.Iterations} iterations.");
        Assert.NotEqual(0, result.Model.s);
    }
}
