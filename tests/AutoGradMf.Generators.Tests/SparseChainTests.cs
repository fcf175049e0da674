using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Products of two sparse matrices, which may have an entry for each pair: sums over pairs take them apart, and entries of other data need no others.</summary>
public class SparseChainTests
{
    [Theory]
    [InlineData("Sum(Square(U * V.T - A * B.T))")]
    [InlineData("Sum(Square((U * V.T).T - B * A.T))")]
    [InlineData("Sum(Square(U * V.T + b - 2 * (A * B.T)))")]
    [InlineData("Sum((c * e.T) % Square(U * V.T - A * B.T))")]
    [InlineData("Sum(Square(U * V.T + alpha * (A * B.T) - R))")]
    [InlineData("Sum(Observed(R) % Square(U * V.T + A * B.T - R))")]
    [InlineData("Sum((1 + alpha * R) % Square(U * V.T - A * B.T))")]
    [InlineData("Sum(Softplus(R % (U * V.T + A * B.T)))")]
    [InlineData("Sum(Square(RowSums((A * B.T) % (U * V.T))))")]
    [InlineData("Sum(Square(U * V.T)) - 2 * Sum((A * B.T) % (U * V.T)) + Sum(A * B.T)")]
    [InlineData("Sum(Square(U * V.T - (A * B.T + R)))")]
    [InlineData("Sum(Square(U * V.T - A * X * B.T))")]
    [InlineData("Sum(Square(U * V.T + A * X * B.T - R))")]
    public void No_product_is_made(string body)
    {
        var text = Generate(body);
        Assert.All(["_A * _B.T", "_B * _A.T", ") * _B.T", ") * _A.T"], product => Assert.DoesNotContain(product, text, StringComparison.Ordinal));
    }

    /// <summary>What is evaluated at each of its entries, or is infinite beside them.</summary>
    [Theory]
    [InlineData("Sum((A * B.T) % Softplus(U * V.T))")]
    [InlineData("Sum(Observed(A * B.T) % Square(U * V.T - R))")]
    [InlineData("Sum(Square(U * V.T - Log1p(A * B.T)))")]
    [InlineData("Sum(R % (A * B.T) % Log(1 + Exp(U * V.T)))")]
    [InlineData("Sum(Pow(U * V.T - A * B.T, 3))")]
    public void Its_entries_are_read_where_a_function_is_of_each(string body) => Assert.Contains("_A * _B.T", Generate(body), StringComparison.Ordinal);

    private static string Generate(string body)
    {
        var run = new UserProject(
            DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, "
                + "SparseMatrix<double> A, SparseMatrix<double> B, SparseMatrix<double> R, Matrix<double> X, ColumnVector<double> c, ColumnVector<double> e, double alpha) => "
                + $"{body} + Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)) + 0 * (alpha + Sum(Observed(R) % (U * V.T + b + c + e.T)) + Sum(A) + Sum(B) + Sum(X) + Sum(A * X * (B.T * V)));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> A = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 3, [(0, 0, 1.0), (0, 2, 2.0), (1, 1, 3.0), (3, 2, 0.5)]);
                private static readonly AutoGradMf.SparseMatrix<double> B = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    5, 3, [(0, 1, 0.5), (1, 0, 1.5), (2, 2, 2.5), (4, 0, 1.0), (4, 2, 3.5)]);
                private static readonly AutoGradMf.SparseMatrix<double> R = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 5, [(0, 0, 1.0), (0, 2, 2.0), (1, 3, 3.0), (2, 2, 4.0), (3, 4, 5.0)]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() =>
                [
                    new Losses.LObjective<double>(A, B, R, new(3, 3, [1, 2, 0.5, 0.3, 1, 0.7, 0.2, 0.4, 0.6]), new([1, 2, 0.5, 1.5]), new([0.5, 1, 2, 1.5, 0.7]), 0.5, 2),
                ];
            }
            """).Run();
        run.AssertRight();
        return run.Generated["Losses.L.g.cs"];
    }
}
