using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Sums over all pairs in which diagonals stand take these along without the pairs.</summary>
public class DiagonalTests
{
    [Theory]
    [InlineData("Sum(Square(U * U.T - Identity(U.Rows)))")]
    [InlineData("Sum(Square(U * U.T - Diag(b)))")]
    [InlineData("Sum(Square(U * U.T - L - 2 * Diag(c) + alpha * Identity(U.Rows)))")]
    [InlineData("Sum(Square(U * U.T + b + b.T - Diag(Square(c))))")]
    [InlineData("Sum((c * c.T) % Square(U * U.T - Identity(U.Rows)))")]
    [InlineData("Sum(Square(RowSums(U * U.T - Diag(b))))")]
    [InlineData("Sum((1 - Identity(U.Rows)) % Square(U * U.T - L))")]
    [InlineData("Sum(Diag(L) % Square(U * U.T - L))")]
    [InlineData("Sum(Diag(L) % RowSums(Square(U * U.T - L)))")]
    [InlineData("Sum(Diag(Diag(L)) * Square(U * U.T - c))")]
    [InlineData("Sum(Square(Diag(L) % (U * U.T) - L))")]
    public void No_pair_is_visited_for_a_diagonal(string body)
    {
        var run = new UserProject(
            DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] ColumnVector<double> b, SparseMatrix<double> L, ColumnVector<double> c, double alpha) => "
                + $"{body} + Sum(Square(U)) + Sum(Square(b)) + 0 * (alpha + Sum(L * U) + Sum(c + b));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> L = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 4, [(0, 0, 1.0), (0, 2, 2.0), (1, 1, 3.0), (2, 0, 2.0), (3, 1, 0.5)]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(L, new([1, 2, 0.5, 1.5]), 0.5, 2)];
            }
            """).Run();
        run.AssertRight();
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Id is "AGMF0016" or "AGMF0017");
        Assert.DoesNotContain("m²", run.TextOfL.Split("\n").First(line => line.Contains("flops", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
