using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Sums over the same pairs in one derivative are one sum, of one function of each pair.</summary>
public class JoinedSumTests
{
    [Theory]
    [InlineData(
        "Sum(Observed(R) % Square(U * V.T + b - R)) + reg * Sum(R % Abs(U * V.T + b))",
        "rowSums = G 1, G = 2 (x + b - R) + reg R Sign(x + b) over the observed entries of R")]
    [InlineData(
        "Sum(Observed(R) % Softplus(U * V.T + b + d.T)) - Sum(Observed(R) % Sigmoid(b + d.T))",
        "// rowSums = G 1, columnSums = G' 1, G = Sigmoid(x + b + d) - Sigmoid(b + d) Sigmoid(-(b + d)) over the observed entries of R")]
    [InlineData(
        "Sum(Observed(R) % Square(U * V.T + mu - R)) + Sum(R % Sigmoid(b + d.T + mu))",
        " = Σ (2 (x + mu - R) + R Sigmoid(b + d + mu) Sigmoid(-(b + d + mu))) over the observed entries of R")]
    [InlineData(
        "Sum(Softplus(U * V.T + b - D)) + Sum(Sigmoid(b - D))",
        "// rowSums = G 1, G = Sigmoid(x + b - D) + Sigmoid(b - D) Sigmoid(-(b - D))")]
    public void Over_the_same_pairs_are_one(string body, string says) => Assert.Contains(says, Generate(body), StringComparison.Ordinal);

    /// <summary>Over other pairs, of data alone, and times what is known only after the first sum.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % Softplus(b + d.T)) + Sum(Observed(W) % Sigmoid(b + d.T))", "// db = rowSums + rowSums2")]
    [InlineData("Sum(Observed(R) % Square(b + d.T)) + Sum(Observed(R) % (2 * b + d.T))", "// db = 2 rowSums + 2 rowSums2")]
    [InlineData("Log(1 + Sum(Observed(R) % Softplus(b + d.T))) + Sum(Observed(R) % Square(b + d.T))", "rowSums2 = G 1")]
    public void Over_others_stay_apart(string body, string says) => Assert.Contains(says, Generate(body), StringComparison.Ordinal);

    /// <summary>A pass waits for a function of a row, and what that is drawn out of would not have to: both have the products of the pairs.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % (0.5 * Square(U * V.T - R) / Exp(b) + b))")]
    [InlineData("Sum(Observed(R) % Square(Softplus(b) % (U * V.T) - R))")]
    public void One_pass_serves_what_waits_and_what_does_not(string body)
    {
        var method = Generate(body).Split("public double ValueAndGradient(")[1].Split("/// <inheritdoc/>")[0];
        Assert.Equal(2, method.Split("SampledLoop.Evaluate<").Length);
    }

    private static string Generate(string body)
    {
        var run = new UserProject(
            "#pragma warning disable AGMF0017 // Some are meant over all pairs.\n"
            + DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, [Factor] double mu, "
                + $"SparseMatrix<double> R, SparseMatrix<double> W, Matrix<double> D, double reg) => {body} + Sum(Square(U)) + Sum(Square(V)) + Sum(Square(d)) + mu * mu + 0 * reg "
                + "+ 0 * Sum(Observed(R) % (U * V.T + b + d.T - W + D)) + Sum(Square(b));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> R = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 2, 4.0), (2, 3, 5.0)]);
                private static readonly AutoGradMf.SparseMatrix<double> W = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    3, 4, [(0, 3, 0.5), (1, 0, 1.5), (1, 1, 2.5), (2, 2, 3.5)]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(R, W, R.ToDense(), 0.5, 2)];
            }
            """).Run();
        run.AssertRight();
        return run.TextOfL;
    }
}
