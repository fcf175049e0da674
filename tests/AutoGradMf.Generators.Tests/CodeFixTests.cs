using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Each code fix: what it offers, what the source then says, and that the rule is content.</summary>
public class CodeFixTests
{
    private const string Usings = "using System; using AutoGradMf; using static AutoGradMf.LossMath;\n";

    [Theory]
    [InlineData("Sum(Square(U * M - R))", "U * M", "U * M.T", "Write 'M.T'")]
    [InlineData("Sum(Square(U * /* all */ (M + M) - R))", "(M + M)", "(M + M).T", "Write '(M + M).T'")]
    [InlineData("Sum(Square(U * -M - R))", "-M", "(-M).T", "Write '(-M).T'")]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(M.T * U.T)", "M.T * U", "M * U", "Write 'M'")]
    [InlineData("Sum(Map(R, U * Exp(M), (r, x) => (r - x) * (r - x)))", "Exp(M)", "Exp(M).T", "Write 'Exp(M).T'")]
    [InlineData("Sum(Square((U * M // the prediction\n ) - R))", "U * M //", "U * M.T //", "Write 'M.T'")]
    [InlineData("Sum(Square(U * U.T - R)) + Sum(R * M.T)", "R * M.T", "R * M", "Write 'M'")]
    public async Task A_missing_transposition_is_added(string body, string before, string after, string title) =>
        await AssertFixed($"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R) => {body}; }}",
            "AGMF0003", before, after, title);

    [Theory]
    [InlineData("RowDots(U, U.T)", "U.T)", "U)", "Write 'U'")]
    [InlineData("Dot(R.T, U * M.T) * U", "R.T", "R", "Write 'R'")]
    [InlineData("R % (M * U.T)", "(M * U.T)", "(M * U.T).T", "Write '(M * U.T).T'")]
    [InlineData("R - RowSums(M)", "RowSums(M)", "RowSums(M).T", "Write 'RowSums(M).T'")]
    [InlineData("d + U * M.T", "d + ", "d.T + ", "Write 'd.T'")]
    public async Task A_missing_transposition_of_an_elementwise_operand_is_added(string summed, string before, string after, string title) => await AssertFixed(
        $"public static partial class Losses {{ [Loss] public static double L([Factor, Shape(\"m\", \"k\")] Matrix<double> U, [Factor, Shape(\"n\", \"k\")] Matrix<double> M, [Factor, Shape(\"n\")] ColumnVector<double> d, [Shape(\"m\", \"n\")] Matrix<double> R) => Sum(Square({summed})) + Sum(Square(U * M.T + d.T - R)); }}",
        "AGMF0003", before, after, title);

    [Theory]
    [InlineData("public static class Losses", "static class", "static partial class")]
    [InlineData("/// <summary>All.</summary>\nclass Losses", "class", "partial class")]
    [InlineData("public readonly struct Losses", "readonly struct", "readonly partial struct")]
    [InlineData("sealed record Losses", "sealed record", "sealed partial record")]
    [InlineData("internal static partial class Outer { } public sealed class Losses", "sealed class", "sealed partial class")]
    [InlineData("public interface Losses", "interface", "partial interface")]
    public async Task The_type_is_made_partial(string type, string before, string after) =>
        await AssertFixed($"{type} {{ [Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); }}", "AGMF0002", before, after, "Make 'Losses' partial");

    [Theory]
    [InlineData("Log(1 + Exp(U * 2))", "Softplus(U * 2)")]
    [InlineData("Log(Exp(U) + 1.0)", "Softplus(U)")]
    [InlineData("Map(U, x => Math.Log(1 + Math.Exp(-x)))", "Map(U, x => Softplus(-x))")]
    [InlineData("Log(Sigmoid(U))", "LogSigmoid(U)")]
    [InlineData("Log(1 - Sigmoid(U))", "LogSigmoid(-U)")]
    [InlineData("Log(1 - Sigmoid(U * 2))", "LogSigmoid(-(U * 2))")]
    [InlineData("Log(Cosh(U - 1.0))", "LogCosh(U - 1.0)")]
    [InlineData("Log(RowSums(Exp(U)))", "RowLogSumExp(U)")]
    [InlineData("Log((Exp((U))) + (1))", "Softplus((U))")]
    [InlineData("Exp(2 * U) - 1", "Expm1(2 * U)")]
    [InlineData("1 - Exp(U)", "-Expm1(U)")]
    [InlineData("-1.0 + Exp(U)", "Expm1(U)")]
    public async Task A_stable_function_is_written(string before, string after) => await AssertFixed(
        $"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U) => Sum({before}); }}",
        "AGMF0020", before, after, $"Write '{after.Replace("Map(U, x => Softplus(-x))", "Softplus(-x)", StringComparison.Ordinal)}'");

    [Theory]
    [InlineData("var e = Exp(2 * U); return Sum(", "Log(1 + e)", "Softplus(2 * U)", ");")]
    [InlineData("var e = Exp(U); var f = 1 + e; return Sum(", "Log(f)", "Softplus(U)", ") + Sum(e);")]
    [InlineData("const double one = 1; var s = (Sigmoid(U)); return Sum(", "Log(one - s)", "LogSigmoid(-U)", ");")]
    [InlineData("Matrix<double> e = Exp(U), more = 2 * U; var s = RowSums(e); return Sum(", "Log(s)", "RowLogSumExp(U)", ") + Sum(more);")]
    [InlineData("var e = Exp(U); return Sum(e) + Sum(", "e - 1", "Expm1(U)", ");")]
    [InlineData("return Sum(Map(U, x => { var c = Math.Cosh(x); return ", "Math.Log(c)", "LogCosh(x)", "; }));")]
    public async Task A_stable_function_is_written_where_a_part_of_it_is_a_local(string start, string before, string after, string end) => await AssertFixed(
        $"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U) {{ {start}{before}{end} }} }}",
        "AGMF0020", before, after, $"Write '{after}'");

    [Theory]
    [InlineData("U - M")]
    [InlineData("RowSums(U) - RowSums(M)")]
    [InlineData("RowDots(y: M, x: U.T)")]
    public async Task Operands_that_no_transposition_fits_have_no_fix(string sum) => Assert.Empty(await FixedSource.Of(
        Usings + $"public static partial class Losses {{ [Loss] public static double L([Factor, Shape(\"m\", \"k\")] Matrix<double> U, [Factor, Shape(\"n\", \"k\")] Matrix<double> M) => Sum({sum}); }}", "AGMF0003"));

    [Fact]
    public async Task A_stable_function_of_what_a_helper_computes_is_said_and_not_written()
    {
        const string Source = Usings + "public static partial class Losses { [Loss] public static double L([Factor] Matrix<double> U) => Sum(Log(1 + Grown(U))); static Matrix<double> Grown(Matrix<double> x) => Exp(2 * x); }";
        Assert.Empty(await FixedSource.Of(Source, "AGMF0020"));
        Assert.Contains("the generated code uses Softplus(2 * U), and so can the loss", Assert.Single(new UserProject(Source).Generate().AnalyzerDiagnostics).GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stable_function_that_is_not_in_scope_is_written_with_its_type()
    {
        const string Source = "using System; public static partial class Losses { [AutoGradMf.Loss] public static double L([AutoGradMf.Factor] double x) => Math.Log(1 + Math.Exp(x)); }";
        var (_, text) = Assert.Single(await FixedSource.Of(Source, "AGMF0020"));
        Assert.Equal(Source.Replace("Math.Log(1 + Math.Exp(x))", "AutoGradMf.LossMath.Softplus(x)", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task A_stable_function_whose_name_means_another_is_written_with_its_type() => await AssertFixed(
        "public static partial class Losses { [Loss] public static double L([Factor] double x) => Log(1 + Exp(x)); static double Softplus(double x) => x; }",
        "AGMF0020", "Log(1 + Exp(x))", "LossMath.Softplus(x)", "Write 'LossMath.Softplus(x)'");

    [Fact]
    public async Task A_factor_is_marked_and_there_is_a_choice_of_dense_parameters()
    {
        const string Source = Usings + "public static partial class Losses { [Loss] public static double L(Matrix<double> U, SparseMatrix<double> R, [Shape(\"n\")] ColumnVector<double> b, double reg) => Sum(Square(U)) + Sum(R) + reg * Sum(b); }";
        var offers = await FixedSource.Of(Source, "AGMF0006");
        Assert.Equal(["Mark 'U' with [Factor]", "Mark 'b' with [Factor]"], offers.Select(o => o.Title));
        Assert.Equal(Source.Replace("(Matrix<double> U", "([Factor] Matrix<double> U", StringComparison.Ordinal), offers[0].Text);
        Assert.Equal(Source.Replace("[Shape(", "[Factor][Shape(", StringComparison.Ordinal), offers[1].Text);
    }

    [Theory]
    [InlineData("Matrix<double> U", "[Factor] Matrix<double> U")]
    [InlineData("SparseMatrix<double> R, RowVector<double> U", "SparseMatrix<double> R, [Factor] RowVector<double> U")]
    [InlineData("double reg, /* users */ Matrix<double> U", "double reg, /* users */ [Factor] Matrix<double> U")]
    [InlineData("IndexVector i,\n    ColumnVector<double> U", "IndexVector i,\n    [Factor] ColumnVector<double> U")]
    [InlineData("[Shape(\"m\", \"k\")] AutoGradMf.Matrix<double> U", "[Factor][Shape(\"m\", \"k\")] AutoGradMf.Matrix<double> U")]
    public async Task A_factor_is_marked(string before, string after) => await AssertFixed(
        $"public static partial class Losses {{ [Loss] public static double L({before}) => Sum(U % U); }}", "AGMF0006", before, after, "Mark 'U' with [Factor]");

    [Fact]
    public async Task Other_problems_of_a_declaration_have_no_fix() => Assert.Empty(await FixedSource.Of(
        Usings + "public partial class Losses { [Loss] public double L([Factor] Matrix<double> U) => Sum(U); }", "AGMF0006"));

    [Fact]
    public async Task Products_are_parenthesized_as_they_are_read_or_the_other_way()
    {
        const string Source = Usings + "public static class Eager { public static Matrix<double> Of(Matrix<double> W, Matrix<double> U, Matrix<double> M) => W % U * M.T; }";
        var offers = await FixedSource.Of(Source, "AGMF0018");
        Assert.Equal(["Write '(W % U) * M.T', as it is read", "Write 'W % (U * M.T)'"], offers.Select(o => o.Title));
        Assert.Equal(["(W % U) * M.T", "W % (U * M.T)"], offers.Select(o => o.Text.Split("=> ")[1].Split(';')[0]));
    }

    [Theory]
    [InlineData("W % U * M.T + W", "(W % U) * M.T + W", "W % (U * M.T) + W")]
    [InlineData("U * M.T % W", "(U * M.T) % W", "U * (M.T % W)")]
    [InlineData("-(W % U * M.T)", "-((W % U) * M.T)", "-(W % (U * M.T))")]
    [InlineData("W % Exp(U) * M.T /* all */", "(W % Exp(U)) * M.T /* all */", "W % (Exp(U) * M.T) /* all */")]
    public async Task Products_of_all_kinds_are_parenthesized(string before, params string[] after)
    {
        var source = Usings + $"public static partial class Eager {{ [Loss] public static double L([Factor] double x) => x * x; public static Matrix<double> Of(Matrix<double> W, Matrix<double> U, Matrix<double> M) => {before}; }}";
        var offers = await FixedSource.Of(source, "AGMF0018");
        Assert.Equal(after.Select(text => source.Replace(before, text, StringComparison.Ordinal)), offers.Select(o => o.Text));
        Assert.All(offers, offer => AssertContent(offer.Text, "AGMF0018"));
    }

    private static async Task AssertFixed(string source, string rule, string before, string after, string title)
    {
        var (offered, text) = Assert.Single(await FixedSource.Of(Usings + source, rule));
        Assert.Equal(title, offered);
        Assert.Equal(Usings + source.Replace(before, after, StringComparison.Ordinal), text);
        AssertContent(text, rule);
    }

    /// <summary>Asserts that a rule and the compiler have nothing against a source.</summary>
    private static void AssertContent(string source, string rule)
    {
        var run = new UserProject(source).Generate();
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Id == rule);
        Assert.DoesNotContain(run.CompilerDiagnostics, d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
