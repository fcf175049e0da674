using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What functions are where sparse data store nothing: a sum visits stored entries alone where that is zero, and all pairs where it is infinite.</summary>
public class MissingEntryTests
{
    [Theory]
    [InlineData("Sum(Min(R, 1) % Square(U * V.T - R))")]
    [InlineData("Sum(Max(0, R) % Square(U * V.T - R))")]
    [InlineData("Sum(Clamp(R, 0, 2.5) % Square(U * V.T - R))")]
    [InlineData("Sum(Pow(R, 0.5) % Square(U * V.T - R))")]
    [InlineData("Sum(Min(Pow(R / 10, 0.75), 1) % Square(U * V.T + b + d.T - Log1p(R)))")]
    [InlineData("Sum(Min(Pow(R / top, 0.75), 1) % Square(U * V.T - Log(R)))")]
    [InlineData("Sum(Atan2(R, 2) % Square(U * V.T - R))")]
    [InlineData("Sum(Log(1 + R % Exp(U * V.T)))")]
    [InlineData("Sum(Log(1 + R % Square(U * V.T)))")]
    public void Zero_there_is_a_sum_over_stored_entries(string body)
    {
        var text = Generate(body, isFull: true);
        var cost = text.Split("flops   value ")[1].Split(';')[0];
        Assert.DoesNotContain("k²", cost, StringComparison.Ordinal);
        Assert.DoesNotContain("m n", cost, StringComparison.Ordinal);
        Assert.Contains("ISampled<TElement>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum(Min(Pow(R / top, 0.75), 1) % Square(U * V.T + b + d.T - Log1p(R)))")]
    [InlineData("Sum(Clamp(R, 0, 2.5) % Square(U * V.T - R))")]
    [InlineData("Sum(Log(1 + R % Exp(U * V.T)))")]
    public void Zero_there_is_none_of_the_loss(string body) => Generate(body, isFull: false);

    /// <summary>An exponent that is known when the objective is made may be zero, and 0⁰ is one.</summary>
    [Fact]
    public void A_power_that_may_be_one_there_stays() =>
        Assert.Contains("2 m k² + 2 n k² + 2 |R| k;", Generate("Sum(Pow(R, top) % Square(U * V.T - R))", isFull: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Square(U * V.T - Log(R)))")]
    [InlineData("Sum(Square(U * V.T - 1 / R))")]
    [InlineData("Sum(Pow(R, top) % Square(U * V.T - Log(R)))")]
    public void Infinite_there_is_looked_at_nowhere_if_every_entry_is_stored(string body) => Generate(body, isFull: true);

    private static string Generate(string body, bool isFull)
    {
        var run = new UserProject(
            "#pragma warning disable AGMF0017, AGMF0025 // Where every entry is stored, nothing is missing.\n"
            + DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, "
                + $"SparseMatrix<double> R, double top) => {body} + Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)) + Sum(Square(d)) + 0 * top + 0 * Sum(Observed(R) % (b + d.T));")
            + $$"""

            public static class Probe
            {
                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    2, 3, [(0, 0, 1.0), (0, 2, 2.0), (1, 1, 3.0){{(isFull ? ", (0, 1, 0.5), (1, 0, 4.0), (1, 2, 1.5)" : "")}}]), 1.25, 2)];
            }
            """).Run();
        run.AssertRight();
        return run.TextOfL;
    }
}
