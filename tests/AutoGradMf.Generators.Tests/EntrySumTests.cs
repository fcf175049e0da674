using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Sums of rows' sums over entries are sums over entries: sampled, and of one pass with others. Those over all pairs keep the order in which they are cheap.</summary>
public class EntrySumTests
{
    private const string Squares = "Sum(Observed(X) % Square(U * V.T - X))";

    [Theory]
    [InlineData("Dot(a, RowSums(Observed(X) % (U * V.T)))")]
    [InlineData("Dot(ColumnSums(Observed(X) % (U * V.T)).T, b)")]
    [InlineData("ColumnSums(Observed(X) % (U * V.T)) * b")]
    [InlineData("Dot(a, (Observed(X) % (U * V.T)) * b)")]
    [InlineData("Dot(a, RowSums(X % (U * V.T)) - 2 * a)")]
    [InlineData("Sum(a % RowSums(Observed(X) % Softplus(U * V.T)))")]
    public void One_pass_takes_them_with_other_sums_over_these_entries(string sum)
    {
        var text = Generate($"{Squares} + {sum}");
        Assert.Contains("sampled, a sum over the entries of X\n", text, StringComparison.Ordinal);
        Assert.Contains("flops   value 2 |X| k; value and gradient 6 |X| k", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dot(RowSums(Observed(X) % Square(U * V.T - X)), 1 / a)")]
    [InlineData("Sum(RowSums(Observed(X) % Square(U * V.T - X)) / RowSums(Observed(X)))")]
    [InlineData("Dot(a, RowSums((X * V) % U))")]
    public void Sums_weighted_by_quotients_and_by_factors_are_sampled(string sum) =>
        Assert.Contains("sampled, a sum over the entries of X\n", Generate(sum), StringComparison.Ordinal);

    [Theory]
    [InlineData("Dot(a, RowSums(U * V.T))", "value 2 m k + n k;")]
    [InlineData("Dot(a, (U * V.T) * b)", "value 2 m k + 2 n k;")]
    [InlineData("Sum(Square(X * RowSums(V))) + Sum(U)", " + 2 |X|")]
    public void Others_cost_what_they_did(string sum, string cost) => Assert.Contains(cost, Generate(sum), StringComparison.Ordinal);

    private static string Generate(string body)
    {
        var run = new UserProject(
            DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> X, ColumnVector<double> a, ColumnVector<double> b) => "
                + $"{body} + 0 * (Dot(a, X * b) + Sum(X % (U * V.T)));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> X = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 5, [(0, 0, 1.0), (0, 2, 2.0), (1, 3, 3.0), (2, 2, 4.0), (3, 4, 5.0)]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() =>
                    [new Losses.LObjective<double>(X, new([1, 2, 0.5, -1.5]), new([0.5, -1, 2, 1.5, 0.7]), 2)];
            }
            """).Run();
        run.AssertRight();
        return run.Generated["Losses.L.g.cs"];
    }
}
