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
    public async Task A_missing_transposition_is_added(string body, string before, string after, string title) =>
        await AssertFixed($"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R) => {body}; }}",
            "AGMF0003", before, after, title);

    [Theory]
    [InlineData("public static class Losses", "static class", "static partial class")]
    [InlineData("/// <summary>All.</summary>\nclass Losses", "class", "partial class")]
    [InlineData("public readonly struct Losses", "readonly struct", "readonly partial struct")]
    [InlineData("sealed record Losses", "sealed record", "sealed partial record")]
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
    public async Task A_stable_function_is_written(string before, string after) => await AssertFixed(
        $"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U) => Sum({before}); }}",
        "AGMF0020", before, after, $"Write '{after.Replace("Map(U, x => Softplus(-x))", "Softplus(-x)", StringComparison.Ordinal)}'");

    [Fact]
    public async Task A_stable_function_that_is_not_in_scope_is_written_with_its_type()
    {
        const string Source = "using System; public static partial class Losses { [AutoGradMf.Loss] public static double L([AutoGradMf.Factor] double x) => Math.Log(1 + Math.Exp(x)); }";
        var (_, text) = Assert.Single(await FixedSource.Of(Source, "AGMF0020"));
        Assert.Equal(Source.Replace("Math.Log(1 + Math.Exp(x))", "AutoGradMf.LossMath.Softplus(x)", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task A_factor_is_marked_and_there_is_a_choice_of_dense_parameters()
    {
        const string Source = Usings + "public static partial class Losses { [Loss] public static double L(Matrix<double> U, SparseMatrix<double> R, [Shape(\"n\")] ColumnVector<double> b, double reg) => Sum(Square(U)) + Sum(R) + reg * Sum(b); }";
        var offers = await FixedSource.Of(Source, "AGMF0006");
        Assert.Equal(["Mark 'U' with [Factor]", "Mark 'b' with [Factor]"], offers.Select(o => o.Title));
        Assert.Equal(Source.Replace("(Matrix<double> U", "([Factor] Matrix<double> U", StringComparison.Ordinal), offers[0].Text);
        Assert.Equal(Source.Replace("[Shape(", "[Factor][Shape(", StringComparison.Ordinal), offers[1].Text);
    }

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

    private static async Task AssertFixed(string source, string rule, string before, string after, string title)
    {
        var (offered, text) = Assert.Single(await FixedSource.Of(Usings + source, rule));
        Assert.Equal(title, offered);
        Assert.Equal(Usings + source.Replace(before, after, StringComparison.Ordinal), text);
        Assert.DoesNotContain(new UserProject(text).Generate().AnalyzerDiagnostics, d => d.Id == rule);
    }
}
