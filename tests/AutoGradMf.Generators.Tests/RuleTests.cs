using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Each rule: where it is reported, what it says, and what does not offend against it.</summary>
public class RuleTests
{
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> M";

    /// <summary>The body of a loss over U, M, R and reg, in which something is not of the language.</summary>
    [Theory]
    [InlineData("Sum(U) + R.Count", "R.Count")]
    [InlineData("Sum(U) + (U * M.T).Rows", "(U * M.T).Rows")]
    [InlineData("Sum(U) + (int)Sum(M)", "(int)Sum(M)")]
    [InlineData("Sum(U) + U[0, 1]", "U[0, 1]")]
    [InlineData("Sum(U) + Math.Ceiling(reg)", "Math.Ceiling(reg)")]
    [InlineData("Sum(U) + Random.Shared.NextDouble()", "Random.Shared.NextDouble()")]
    [InlineData("Sum(U.Map(x => x * x))", "U.Map(x => x * x)")]
    [InlineData("Sum(U) % reg", "Sum(U) % reg")]
    [InlineData("Sum(U) + Weight", "Weight")]
    [InlineData("Sum((Matrix<double>)(object)U)", "(Matrix<double>)(object)U")]
    [InlineData("Sum(new Matrix<double>(3, 4) - U)", "new Matrix<double>(3, 4)")]
    [InlineData("Sum(U.Cast<float>())", "U.Cast<float>()")]
    public void AGMF0001_is_reported_at_a_construct_that_is_not_of_the_language(string body, string offender)
    {
        AssertReported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R, double reg) => " +
                body.Replace(offender, $"[|{offender}|]", StringComparison.Ordinal) + ";"
                + " internal static double Weight = 2;"),
            "AGMF0001");
    }

    [Theory]
    [InlineData("[|var (half, e) = (0.5, U);|] return half * Sum(e);")]
    [InlineData("double sum = 0; [|for (var i = 0; i < 3; i++) { sum += i; }|] return Sum(U) + sum;")]
    [InlineData("var e = U; [|e = 2 * e;|] return Sum(e);")]
    public void AGMF0001_is_reported_at_a_statement(string block) =>
        AssertReported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {block} }}"), "AGMF0001");

    [Fact]
    public void AGMF0001_is_reported_inside_a_helper() => AssertReported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Weighted(U); "
            + "private static double Weighted(Matrix<double> x) => Sum(x) * [|x.View.Count|];"),
        "AGMF0001");

    [Theory]
    [InlineData("public static class [|Losses|]", "")]
    [InlineData("public static class [|Outer|] { public static partial class Losses", "}")]
    [InlineData("public static class [|Outer|] { public static class [|Losses|]", "}")]
    public void AGMF0002_is_reported_at_each_type_that_is_not_partial(string opening, string closing)
    {
        var source = $"using AutoGradMf; using static AutoGradMf.LossMath; {opening} {{ [Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); }} {closing}";
        AssertReported(source, [.. MarkedSource.Parse(source).Spans.Select(_ => "AGMF0002")]);
    }

    [Theory]
    [InlineData("Sum(Square([|U * M|]))", "m×k", "n×k")]
    [InlineData("Sum([|M.T * U.T|])", "k×n", "k×m")]
    public void AGMF0003_is_reported_at_the_operator_whose_operands_do_not_fit(string body, params string[] shapes)
    {
        var message = Assert.Single(AssertReported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R) => Sum(Square(U * M.T - R)) + {body};"), "AGMF0003"));
        Assert.All(shapes, shape => Assert.Contains(shape, message, StringComparison.Ordinal));
    }

    /// <summary>Of a function with a rule for its first argument alone, which the library has none of.</summary>
    [Theory]
    [InlineData("L", "Scaled(Sum(U), reg)")]
    [InlineData("[|L|]", "Scaled(reg, Sum(U))", "AGMF0004")]
    public void AGMF0004_is_reported_where_a_derivative_is_needed_that_no_rule_gives(string loss, string body, params string[] rules)
    {
        const string Library = """
            namespace AutoGradMf
            {
                internal static class LossMath
                {
                    [Partial("x", "y")]
                    public static double Scaled(double x, double y) => x * y;

                    public static double Sum(Matrix<double> x) => x.Span[0];
                }

                internal static class LaneMath;
            }
            """;
        AssertReported(
            "using AutoGradMf; using static AutoGradMf.LossMath; internal static partial class Losses { "
                + $"[Loss] internal static double {loss}([Factor] Matrix<double> U, double reg) => {body}; }} {Library}",
            rules);
    }

    [Fact]
    public void AGMF0005_is_reported_at_a_factor_that_the_loss_does_not_depend_on()
    {
        AssertReported(
            InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> [|M|], [Factor] ColumnVector<double> [|@do|]) => Sum(Square(U)) + Sum(@do - @do);"),
            "AGMF0005", "AGMF0005");
    }

    [Theory]
    [InlineData("public static int [|L|]([Factor] Matrix<double> U) => 1;")]
    [InlineData("public static Matrix<double> [|L|]([Factor] Matrix<double> U) => U;")]
    [InlineData("public double [|L|]([Factor] Matrix<double> U) => Sum(U);")]
    [InlineData("public static double [|L|]<T>([Factor] Matrix<double> U) => Sum(U);")]
    [InlineData("public static ref double [|L|]([Factor] Matrix<double> U) => throw null!;")]
    [InlineData("public static double [|L|](Matrix<double> U) => Sum(U);")]
    [InlineData("public static double [|L|]() => 1;")]
    [InlineData("public static double L([Factor] Matrix<double> U, int [|count|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, Matrix<float> [|R|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, in double [|reg|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, [Factor] SparseMatrix<double> [|S|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|L|]([Factor] ColumnVector<double> U) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|l|]([Factor] ColumnVector<double> U) => Sum(U);")]
    public void AGMF0006_is_reported_at_what_is_declared_wrongly(string method)
    {
        var source = "using AutoGradMf; using static AutoGradMf.LossMath; public partial class Losses { [Loss] " + method + " }";
        var reported = MarkedSource.Parse(source);
        var run = new UserProject(reported.Text).Generate();
        Assert.Contains(run.AnalyzerDiagnostics, d => d.Id == "AGMF0006" && d.Location.SourceSpan == reported.Spans.Single());
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Id == "AD0001");
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void AGMF0006_is_reported_once_for_each_thing() => AssertReported(
        "using AutoGradMf; public partial class Losses { [Loss] public static float [|L|]([Factor] Matrix<float> [|U|]) => U[0, 0]; }"
            .Replace("U[0, 0]", "[|U[0, 0]|]", StringComparison.Ordinal),
        "AGMF0006", "AGMF0006", "AGMF0001");

    [Fact]
    public void AGMF0006_is_reported_in_a_type_that_other_files_do_not_see() => AssertReported(
        "using AutoGradMf; using static AutoGradMf.LossMath; file static partial class Losses { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(Square(U)); }",
        "AGMF0006");

    [Fact]
    public void AGMF0007_is_reported_at_the_call_that_closes_the_circle() => AssertReported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Even(U); "
            + "private static double Even(Matrix<double> x) => Odd(x); private static double Odd(Matrix<double> x) => [|Even(x)|];"),
        "AGMF0007");

    [Fact]
    public void AGMF0007_is_not_reported_for_a_method_that_is_called_twice() => AssertReported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Ridge(U) + Ridge(U + U); private static double Ridge(Matrix<double> x) => Sum(Square(x));"));

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        AssertReported(
            InLosses(
                "[Loss] public static double A([Factor] Matrix<double> U, int [|count|]) => Sum(U) * [|U.View.Count|] + [|A(U, 3)|]; "
                + "[Loss] public static double B([Factor] Matrix<double> U, [Factor] Matrix<double> M) => Sum([|U * M|]) + Sum([|M.T * U.T|]);")
                .Replace("[|A(U, 3)|]", "Sum(U)", StringComparison.Ordinal),
            "AGMF0006", "AGMF0001", "AGMF0003", "AGMF0003");
    }

    [Fact]
    public void What_is_wrong_with_the_body_is_reported_beside_what_is_wrong_with_the_declaration() => AssertReported(
        "using AutoGradMf; using static AutoGradMf.LossMath; public class [|Losses|] { "
            + $"[Loss] public static double L({Factors}) => Sum([|U * M|]); }}",
        "AGMF0002", "AGMF0003");

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
        AssertReported(
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

    [Fact]
    public void AGMF9999_names_the_loss_and_the_failure_and_spares_the_other_losses()
    {
        var project = new UserProject(InLosses(
            "[Loss] public static double A([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"))
        {
            Emit = model => model.Name == "A" && model.Body is not null
                ? throw new InvalidOperationException("Something is wrong inside.")
                : Emission.LossEmitter.Emit(model),
        };

        var run = project.Generate();

        var failure = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("AGMF9999", failure.Id);
        Assert.Contains("Losses.A", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains("A has errors", run.Generated["Losses.A.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("has errors", run.Generated["Losses.B.g.cs"], StringComparison.Ordinal);
    }

    private static string InLosses(string members) =>
        "using System; using AutoGradMf; using static AutoGradMf.LossMath; public static partial class Losses { " + members + " }";

    /// <summary>Asserts that the analyzer reports these rules at the marked places, and nobody anything else. Returns the messages.</summary>
    private static List<string> AssertReported(string marked, params string[] rules)
    {
        var source = MarkedSource.Parse(marked);
        var run = new UserProject(source.Text).Generate();
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Equal(
            rules.Zip(source.Spans, (rule, span) => $"{rule} at {source.Text[span.Start..span.End]}"),
            run.AnalyzerDiagnostics.Select(d => $"{d.Id} at {source.Text[d.Location.SourceSpan.Start..d.Location.SourceSpan.End]}"));
        return [.. run.AnalyzerDiagnostics.Select(d => d.GetMessage(null))];
    }
}
