using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Functions of a row part and a column part are functions of each, where that saves to visit all pairs.</summary>
public class SeparableFunctionTests
{
    [Theory]
    [InlineData("Sum(Exp(b + d.T)) - Sum(R % (b + d.T))")]
    [InlineData("Sum(Square(U * V.T - R) % Exp(b + d.T + top))")]
    [InlineData("Sum(Square(U * V.T - R) / Exp((b + d.T) / 2))")]
    [InlineData("Sum(Square(Exp(RowSums(U) - d.T) - R))")]
    [InlineData("Sum(Sqrt(RowSums(Observed(R)) * ColumnSums(Observed(R))) % Square(U * V.T - R))")]
    [InlineData("Sum(Pow(Square(b) * Exp(d).T, top) % Square(U * V.T - R))")]
    [InlineData("Sum(Abs(b * d.T) % Square(U * V.T - R)) + Sum(Cbrt(2 * (1 + b) * d.T))")]
    [InlineData("Sum(Square(Log((1 + Square(b)) * (1 + Square(d)).T)))")]
    public void Parts_are_summed_apart(string body)
    {
        var text = Generate(body);
        Assert.Contains("computed as L = ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("m n", text.Split("flops   value ")[1].Split("</auto-generated>")[0], StringComparison.Ordinal);
    }

    /// <summary>Over stored entries and beside what visits all pairs nothing is saved, sparse data in an exponent would cancel, and two negative parts have a root.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % Exp(b + d.T))", "(Observed(R) ∘ Exp(b + d'))")]
    [InlineData("Sum(Sin(U * V.T) % Exp(b + d.T))", "(Sin(U V') ∘ Exp(b + d'))")]
    [InlineData("Sum(Exp(b + d.T - R))", "Exp(b + d' - R)")]
    [InlineData("Sum(Sqrt((b + 9) * (d + 9).T) % Square(U * V.T - R))", "(Sqrt((b + 9) (d' + 9)) ∘ (U V' - R)²)")]
    public void Others_stay_together(string body, string whole)
    {
        var text = Generate(body);
        Assert.DoesNotContain("computed as L = ", text, StringComparison.Ordinal);
        Assert.Contains("L = Σ " + whole, text, StringComparison.Ordinal);
    }

    private static string Generate(string body)
    {
        var run = new UserProject(
            "#pragma warning disable AGMF0017 // Some are meant over all pairs.\n"
            + DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, "
                + $"SparseMatrix<double> R, double top) => {body} + Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)) + Sum(Square(d)) + 0 * top + 0 * Sum(Observed(R) % (U * V.T + b + d.T));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> R = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 2, 4.0), (2, 3, 5.0)]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(R, 1.25, 2)];
            }
            """).Run();
        run.AssertRight();
        return run.Generated["Losses.L.g.cs"];
    }
}
