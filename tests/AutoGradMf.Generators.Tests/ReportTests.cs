using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>All that is wrong is reported at once, and what is generated for a loss with errors.</summary>
public class ReportTests
{
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> M";

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        Reported(
            InLosses(
                "[Loss] public static double A([Factor] Matrix<double> U, int [|count|]) => Sum(U) * [|U.View|].Count + [|A(U, 3)|]; "
                + "[Loss] public static double B([Factor] Matrix<double> U, [Factor] Matrix<double> M) => Sum([|U * M|]) + Sum([|M.T * U.T|]);")
                .Replace("[|A(U, 3)|]", "Sum(U)", StringComparison.Ordinal),
            "AGMF0006", "AGMF0001", "AGMF0003", "AGMF0003");
    }

    [Fact]
    public void What_is_wrong_with_the_body_is_reported_beside_what_is_wrong_with_the_declaration() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; public class [|Losses|] { "
            + $"[Loss] public static double L({Factors}) => Sum([|U * M|]); [Loss] public static double A([Factor] Matrix<double> U, [Factor] Matrix<double> [|M|]) => Sum(U); }}",
        "AGMF0002", "AGMF0003", "AGMF0005");

    [Fact]
    public void What_does_not_compile_is_left_to_the_compiler()
    {
        var run = new UserProject(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Squared(U)) + missing;")).Generate();

        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.Equal(["CS0103", "CS0103"], run.CompilerDiagnostics.Select(d => d.Id));
        Assert.Contains("L has errors", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_with_errors_keeps_its_surface_so_that_its_users_compile()
    {
        Reported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R, double reg) => Sum(Square([|U * M|])) + reg * Sum(R) + reg * Sum(Square(U));")
            + """
             internal static class User
            {
                public static double Use(SparseMatrix<double> R)
                {
                    var objective = new Losses.LObjective<double>(R, 0.5, rank: 3);
                    objective.reg = 0.25;
                    var result = new Losses.LTrainer<double>(objective).Fit();
                    _ = new Losses.LTrainer<float>(R.Cast<float>(), 0.5, rank: 3).Fit().Model.U;
                    return result.Model.Predict(0, 1) + result.Model.U[0, 0] + objective.Value(result.Model.Parameters, objective.CreateWorkspace());
                }
            }
            """,
            "AGMF0003");
    }
}
