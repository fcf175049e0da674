using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>A sum that third moments would stand for is taken along where another one visits the pairs in any case.</summary>
public class SharedPassTests
{
    private const string OnePass = "flops   value 2 m n k; value and gradient 6 m n k";

    [Theory]
    [InlineData("Sum(Exp(U * V.T)) + Sum(Pow(U * V.T, 3))")]
    [InlineData("Sum(Pow(U * V.T + 1, 3)) - Sum(LogSigmoid(U * V.T))")]
    [InlineData("Sum(Pow(U * V.T, 3)) + Sum(LogCosh(U * V.T - X))")]
    [InlineData("Sum(Pow(U * V.T, 3)) - Sum(X % Square(U * V.T))")]
    [InlineData("0.5 * Sum(Pow(U * V.T, 3) + Exp(U * V.T))")]
    [InlineData("Sum((P * Q.T) % Square(U * V.T)) + Sum(Exp((P * Q.T) % (U * V.T)))", " m n l")]
    public void One_loop_serves_both(string body, string passes = OnePass)
    {
        var text = Generate(body);
        Assert.Contains(passes, text, StringComparison.Ordinal);
        Assert.DoesNotContain("third moments", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum(Pow(U * V.T, 3))")]
    [InlineData("Sum(Pow(U * V.T, 3)) + Sum(Exp(U * U.T))")]
    [InlineData("Square(Sum(Pow(U * V.T, 3))) + Sum(Exp(U * V.T))")]
    [InlineData("Sum((P * Q.T) % Square(U * V.T)) + Sum(Exp(U * V.T))")]
    [InlineData("Sum(Pow(U * V.T, 3)) + Sum(Exp(RowSums(U * V.T)))")]
    [InlineData("Sum(Pow(U * V.T, 3)) + Sum(Exp(U * V.T / Norm(U)))")]
    [InlineData("Sum(Pow(U * V.T, 3)) + Sum(Exp(U * V.T - RowSums(U * V.T)))")]
    public void What_no_loop_reads_is_made_of_moments(string body) => Assert.Contains("third moments", Generate(body), StringComparison.Ordinal);

    private static string Generate(string body)
    {
        var (data, values) = body.Contains('X', StringComparison.Ordinal)
            ? ("Matrix<double> X", "Numbers(4, 5)")
            : ("Matrix<double> P, Matrix<double> Q", "Numbers(4, 3), Numbers(5, 3)");
        var run = new UserProject(
            DiagnosticAssert.InLosses(
                $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, {data}) => {body} + 0 * (Sum(U * V.T)"
                + (data.Contains('X', StringComparison.Ordinal) ? ");" : " + Dot(U * (V.T * Q), P));"))
            + $$"""

            public static class Probe
            {
                private static int Next;

                private static AutoGradMf.Matrix<double> Numbers(int rows, int columns) =>
                    new(rows, columns, System.Array.ConvertAll(new double[rows * columns], _ => Next++ * 7 % 10 / 5.0 - 1));

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>({{values}}, 2)];
            }
            """).Run();
        run.AssertRight();
        return run.Generated["Losses.L.g.cs"].Split("</auto-generated>")[0];
    }
}
