using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>What of the right sides of Newton steps is added up where rows are gathered for the systems.</summary>
public sealed class RightSideTests
{
    private const string Ridge = "reg * (Sum(Square(U)) + Sum(Square(V)))";

    [Theory]
    [InlineData("Sum(Observed(R) % Square(U * V.T - R))", "SolveFrom(", "CurvatureTerm.Sampled(_R.Pattern, V, 2).WithSlopes(_R.View, -2)")]
    [InlineData("Sum(Observed(R) % Softplus(U * V.T))", "Solve(", ".WithSlopes(w.OfNewton.")]
    [InlineData("Sum(Square(U * V.T - R))", "Solve(", "CurvatureTerm.Shared<TElement>(")]
    public void Sums_over_the_entries_of_the_systems_are_slopes_of_their_terms(string loss, string method, string term)
    {
        var step = NewtonStepU(loss);
        Assert.Contains("RowSystems." + method, step, StringComparison.Ordinal);
        Assert.Contains(term, step, StringComparison.Ordinal);
        Assert.DoesNotContain("RowProduct", step, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_whose_rows_samples_choose_stand_beside_those_with_slopes()
    {
        var step = NewtonStepU("Sum(Observed(R) % Square(U * V.T - R)) + Sum(Square(RowDots(U[i], V[j]) - y))", "IndexVector i, IndexVector j, ColumnVector<double> y, ");
        Assert.Contains("RowSystems.SolveFrom(", step, StringComparison.Ordinal);
        Assert.Contains(".WithSlopes(", step, StringComparison.Ordinal);
        Assert.Contains("CurvatureTerm.Gathered(", step, StringComparison.Ordinal);
    }

    private static string NewtonStepU(string loss, string samples = "")
    {
        var run = new UserProject(InLosses(
            $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, {samples}double reg) => {loss} + {Ridge};")).Run();
        var text = run.Generated["Losses.L.g.cs"];
        var start = text.IndexOf("private void NewtonStepU(", StringComparison.Ordinal);
        return text[start..text.IndexOf("void NewtonStepV(", start, StringComparison.Ordinal)];
    }
}
