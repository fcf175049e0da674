using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0021 and AGMF0023: what no kernel computes, and losses that grow too large.</summary>
public class KernelRuleTests
{
    [Fact]
    public void AGMF0023_is_reported_of_a_loss_that_grows_too_large()
    {
        // Each product of matrices has indices of its own, so that nothing in it is shared with the others.
        var locals = string.Concat(Enumerable.Range(0, 40).Select(i => $"var a{i + 1} = Tanh(a{i} * (a{i}.T * a{i})); "));
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => [|Sum(Grown(U))|]; private static Matrix<double> Grown(Matrix<double> a0) {{ {locals} return a40; }}"),
            ["AGMF0023"]));
        Assert.Contains("500,000", message, StringComparison.Ordinal);
    }

    /// <summary>Each of its terms is small, and so are all of them together; kernels are called of each with operands of its own.</summary>
    [Fact]
    public void AGMF0023_is_reported_of_a_loss_of_which_too_much_code_is_generated()
    {
        var product = string.Join(" * ", Enumerable.Repeat("Tanh(U)", 80));
        var run = new UserProject(InLosses($"[Loss] public static double L([Factor, Shape(\"k\", \"k\")] Matrix<double> U) => Sum({product});")).GenerateOnce();
        var error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("AGMF0023", error.Id);
        Assert.Contains("2,000,000 characters", error.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("class LObjective", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("Tanh(", ")", "", 700)]
    [InlineData("", "", " + Sum(U)", 6000)]
    public void A_loss_that_nests_too_deep_is_a_diagnostic_and_others_still_build(string open, string close, string more, int count)
    {
        string Repeated(string text) => string.Concat(Enumerable.Repeat(text, count));
        var project = new UserProject(
            $$"""
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                [Loss] public static double Deep([Factor] Matrix<double> U) => Sum({{Repeated(open)}}U{{Repeated(close)}}){{Repeated(more)}};
                [Loss] public static double Flat([Factor] Matrix<double> U) => Sum(Square(U));
            }
            """);
        // How deep is too deep is for the stack to say, which other machines, builds and threads have more of; there it may compile. So it may
        // be at a second run, when frames are smaller: no edit is tried.
        var run = project.GenerateOnce();
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Contains("class DeepObjective", run.Generated["Losses.Deep.g.cs"], StringComparison.Ordinal);
        var errors = run.AnalyzerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        Assert.InRange(errors.Count, 0, 1);
        Assert.All(errors, error => Assert.Equal("AGMF0023", error.Id));
        Assert.Contains(run.Generated.Values, s => s.Contains("class FlatObjective", StringComparison.Ordinal) && s.Contains("HessianVectorProduct", StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0021_is_reported_where_a_sum_is_over_an_index_that_the_sparse_matrix_does_not_have() => Reported(
        InLosses("[Loss] public static double L([Factor] ColumnVector<double> b, SparseMatrix<double> Z, SparseMatrix<double> A, Matrix<double> X, ColumnVector<double> w) => "
            + "Trace(Min([|Atan2(w, 1.0 + Square(b.T))|] * (Z * X.T), A));"),
        "AGMF0021");

    [Theory]
    [InlineData("Sum(Exp([|R * Exp(U * U.T)|]))")]
    [InlineData("Sum(Square(U)) + 2 * Sum(Square(Exp([|R * Exp(U * U.T)|])))")]
    [InlineData("Sum(Map(U * U.T, Abs([|R * Sigmoid(U * U.T)|]), (x, y) => x * y))")]
    [InlineData("Sum(Exp([|R * Exp(U * U.T)|])) + Sum(Sin([|R * Cos(U * U.T)|]))")]
    [InlineData("Smooth(U * U.T, R) + Sum(Square(U))")]
    public void AGMF0021_is_reported_at_what_no_kernel_computes(string body)
    {
        var marked = InLosses($"[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R) => {body}; "
            + (body.StartsWith("Smooth", StringComparison.Ordinal) ? "private static double Smooth(Matrix<double> x, SparseMatrix<double> r) { var e = Exp(x); return Sum(Exp([|r * e|])); }" : ""));
        Assert.All(
            Reported(marked, [.. MarkedSource.Parse(marked).Spans.Select(_ => "AGMF0021")]),
            message => Assert.Contains("which no kernel of the library computes", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sum(Square([|Sigmoid(U * U.T) * R|]))")]
    [InlineData("Sum(Square(R * [|Exp(V * U.T)|]))")]
    public void AGMF0021_says_which_sparse_matrix_forbids_to_keep_a_function_of_pairs(string body)
    {
        var marked = InLosses(
            $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, Matrix<double> X) => {body} + Sum(R % (U * V.T));");
        var message = Assert.Single(Reported(marked, "AGMF0021"));
        Assert.Contains("it would have to be kept as a dense ", message, StringComparison.Ordinal);
        Assert.Contains("'R', which is sparse, says that these are too many", message, StringComparison.Ordinal);
        Assert.Contains("multiply with vectors and matrices of a few columns first", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_of_data_as_large_as_sparse_data_is_read_by_row()
    {
        var run = new UserProject(InLosses("[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R, Matrix<double> X) => Sum(Exp(R * X - R)) + Sum(U);")).Generate();
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Contains("Operand.SparseTimesDense(_R.Pattern, _R.View, _X.View)", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_that_no_kernel_computes_at_one_point_is_no_reason_to_refuse_the_loss()
    {
        var run = new UserProject(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R) => Sum(Predicted(U, R) * U); "
                + "[Prediction] private static Matrix<double> Predicted(Matrix<double> U, SparseMatrix<double> R) => R * (U * U.T);")).Generate();
        Assert.Equal(["AGMF0024"], run.AnalyzerDiagnostics.Where(d => d.Severity > DiagnosticSeverity.Info).Select(d => d.Id));
        Assert.Contains("LTrainer<TElement>", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("IRatingModel", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }
}
