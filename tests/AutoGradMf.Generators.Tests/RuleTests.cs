using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>Each rule: where it is reported, what it says, and what does not offend against it.</summary>
public class RuleTests
{
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> M";

    /// <summary>The body of a loss over U, M, R and reg, in which something is not of the language.</summary>
    [Theory]
    [InlineData("Sum(U) + R.Count", "R.Count")]
    [InlineData("Sum(U) + (U * M.T).Rows", "(U * M.T).Rows")]
    [InlineData("Sum(U) + (int)reg", "(int)reg")]
    [InlineData("Sum(U) + U.Rows / 2", "U.Rows / 2")]
    [InlineData("Sum(U) + U.Rows % 2", "U.Rows % 2")]
    [InlineData("Sum(U) + U[0, 1]", "U[0, 1]")]
    [InlineData("Sum(U) % reg", "Sum(U) % reg")]
    [InlineData("Sum(U) + Fixed", "Fixed")]
    [InlineData("Sum((Matrix<double>)(object)U)", "(Matrix<double>)(object)U")]
    [InlineData("Sum(new Matrix<double>(3, 4) - U)", "new Matrix<double>(3, 4)")]
    public void AGMF0001_is_reported_at_a_construct_that_is_not_of_the_language(string body, string offender)
    {
        Reported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R, double reg) => " +
                body.Replace(offender, $"[|{offender}|]", StringComparison.Ordinal) + ";"
                + " internal static double Fixed { get; } = 2;"),
            "AGMF0001");
    }

    [Theory]
    [InlineData("[|var (half, e) = (0.5, U);|] return half * Sum(e);")]
    [InlineData("double sum = 0; [|for (var i = 0; i < 3; i++)|] { [|sum += i;|] } return Sum(U) + sum;")]
    [InlineData("var e = U; [|e = 2 * e;|] return Sum(e);")]
    [InlineData("[|try|] { } finally { } [|lock (U)|] { [|U.ToString();|] } [|using (null as System.IDisposable)|] { } return Sum(U);")]
    [InlineData("[|switch (U.Rows)|] { case 1: return 2; default: break; } [|if (U.Rows < 2) throw new System.ArgumentException();|] return Sum(U);")]
    public void AGMF0001_is_reported_at_a_statement(string block) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {block} }}"), [.. MarkedSource.Parse(block).Spans.Select(_ => "AGMF0001")]);

    [Theory]
    [InlineData("[|var (half, e) = (0.5, 2 * U);|] return half * Sum(e);", "it takes a value apart into several locals; declare one at a time: var half = 0.5; var e = 2 * U;")]
    [InlineData("double half; [|(half, var e) = (0.5, U);|] return half * Sum(e);", "declare one at a time: var half = 0.5; var e = U;")]
    [InlineData("[|var (a, b) = Two(U);|] return a + b;", "declare one at a time: var a = …; var b = …;")]
    [InlineData("return [|Total(Sum(U), 2, 3)|];", "'values' of 'Total' is a params parameter, and a loss has no arrays; give 'Total' a parameter for each value: double values1, double values2, double values3")]
    [InlineData("return Sum(U) + [|All(1, 2)|];", "'values' of 'All' is a params parameter, and a loss has no arrays; give 'All' a parameter for each value: double values1, double values2")]
    [InlineData("return Total([|new[] { Sum(U), 2 }|]);", "a loss has no arrays; give a local or a parameter of its own to each value")]
    public void AGMF0001_says_what_to_write_in_place_of_several_values_at_once(string block, string advice)
    {
        var marked = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {block} }} "
            + "private static (double, double) Two(Matrix<double> x) => (Sum(x), 2); private static double Total(params double[] values) => 1.5; "
            + "private static double All(params System.ReadOnlySpan<double> values) => 1.5;");
        Assert.Contains(Reported(marked, [.. MarkedSource.Parse(block).Spans.Select(_ => "AGMF0001")]), m => m.Contains(advice, StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0001_is_reported_inside_a_helper() => Reported(
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
        Reported(source, [.. MarkedSource.Parse(source).Spans.Select(_ => "AGMF0002")]);
    }

    [Theory]
    [InlineData("Sum(Square([|U * M|]))", "m×k", "n×k")]
    [InlineData("Sum([|M.T * U.T|])", "k×n", "k×m")]
    public void AGMF0003_is_reported_at_the_operator_whose_operands_do_not_fit(string body, params string[] shapes)
    {
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R) => Sum(Square(U * M.T - R)) + {body};"), "AGMF0003"));
        Assert.All(shapes, shape => Assert.Contains(shape, message, StringComparison.Ordinal));
    }

    /// <summary>Of a function with a rule for its first argument alone, which the library has none of.</summary>
    [Theory]
    [InlineData("Scaled(Sum(U), reg)")]
    [InlineData("[|Scaled(reg, Sum(U))|]", "AGMF0004")]
    [InlineData("2 * [|Scaled(reg, Sum(U))|] + Scaled([|Scaled(1, Sum(U))|] * Scaled(reg, reg), 3)", "AGMF0004", "AGMF0004")]
    public void AGMF0004_is_reported_where_a_derivative_is_needed_that_no_rule_gives(string body, params string[] rules)
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
        Reported(
            "using AutoGradMf; using static AutoGradMf.LossMath; internal static partial class Losses { "
                + $"[Loss] internal static double L([Factor] Matrix<double> U, double reg) => {body}; }} {Library}",
            rules);
    }

    [Fact]
    public void AGMF0005_is_reported_at_a_factor_that_the_loss_does_not_depend_on()
    {
        Reported(
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
    [InlineData("public static double L([Factor] Matrix<double> U, [Factor] IndexVector [|i|]) => Sum(U[i]);")]
    [InlineData("public static double L([Factor] Matrix<double> U, ref Matrix<double> [|V|]) => Sum(U * V.T);")]
    [InlineData("public static double L([Factor] Matrix<double> U, [Factor] in ColumnVector<double> [|b|]) => Sum(U * b);")]
    [InlineData("public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|L|]([Factor] ColumnVector<double> U) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|l|]([Factor] ColumnVector<double> U) => Sum(U);")]
    [InlineData("public static double [|L|]([Factor] Matrix<double> U) => Sum(U); public sealed class LObjective<T>;")]
    [InlineData("public static double [|L|]([Factor] Matrix<double> U) => Sum(U); private interface LTrainer<T>;")]
    [InlineData("public static double [|L|]([Factor] Matrix<double> U) => Sum(U); public static int LModel => 1;")]
    [InlineData("[EntryLoss] public static double [|L|](double x, double r) => Square(x - r);")]
    public void AGMF0006_is_reported_at_what_is_declared_wrongly(string method)
    {
        var source = "using AutoGradMf; using static AutoGradMf.LossMath; public partial class Losses { [Loss] " + method + " }";
        var reported = MarkedSource.Parse(source);
        var run = new UserProject(reported.Text).Generate();
        Assert.Contains(run.AnalyzerDiagnostics, d => d.Id == "AGMF0006" && d.Location.SourceSpan == reported.Spans.Single());
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Id is "AD0001" or "AGMF9999");
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("[|L|](double x)", "must take the prediction, the rating and any hyperparameters")]
    [InlineData("L(Matrix<double> [|x|], double r, double delta)", "must take the prediction, the rating and any hyperparameters")]
    [InlineData("L(double x, double r, int [|delta|])", "must take the prediction, the rating and any hyperparameters")]
    [InlineData("L([Factor] double [|x|], double r, double delta)", "so 'x' is none; drop [Factor]")]
    [InlineData("L(double [|x|], double r, double delta)", "does not depend on the prediction, its first parameter 'x'")]
    public void AGMF0006_is_reported_at_a_parameter_that_the_loss_of_an_entry_cannot_have_or_does_not_use(string declared, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(InLosses($"[EntryLoss] public static double {declared} => 1.5;"), "AGMF0006")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0006_is_reported_once_for_each_thing() => Reported(
        "using AutoGradMf; public partial class Losses { [Loss] public static float [|L|]([Factor] Matrix<float> [|U|]) => U[0, 0]; }"
            .Replace("U[0, 0]", "[|U[0, 0]|]", StringComparison.Ordinal),
        "AGMF0006", "AGMF0006", "AGMF0001");

    [Fact]
    public void AGMF0006_is_reported_in_a_type_that_other_files_do_not_see() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; file static partial class Losses { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(Square(U)); }",
        "AGMF0006");

    [Theory]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"k\")|]] Matrix<double> S", "a matrix has two sizes")]
    [InlineData("[Factor, [|Shape(\"\", \"k\")|]] Matrix<double> U, double S", "\"\" is no name")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"m\", \"n\")|]] ColumnVector<double> S", "a vector has one size")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"\", \"n\")|]] RowVector<double> S", "a vector has one size")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"m\")|]] double S", "a number has no sizes to name")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"k + 1\")|]] ColumnVector<double> S", "\"k + 1\" is no name")]
    [InlineData("[Factor, Shape(\"m\", \"k\")] Matrix<double> U, [Shape(columns: \"k\", rows: \"m\")] SparseMatrix<double> S, [Shape(\"m\")] ColumnVector<double> v, [Shape(\"k\")] RowVector<double> r", null)]
    public void AGMF0006_is_reported_at_a_shape_that_a_parameter_cannot_have(string parameters, string? message)
    {
        var messages = Reported(InLosses($"[Loss] public static double L({parameters}) => Sum(Square(U)){(parameters.Contains("double S", StringComparison.Ordinal) ? " + S" : " + Sum(S)")};"), message is null ? [] : ["AGMF0006"]);
        Assert.All(messages, m => Assert.Contains(message!, m, StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0007_is_reported_at_the_call_that_closes_the_circle() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Even(U); "
            + "private static double Even(Matrix<double> x) => Odd(x); private static double Odd(Matrix<double> x) => [|Even(x)|];"),
        "AGMF0007");

    [Fact]
    public void AGMF0007_is_not_reported_for_a_method_that_is_called_twice() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Ridge(U) + Ridge(U + U); private static double Ridge(Matrix<double> x) => Sum(Square(x));"));

    [Theory]
    [InlineData("Sum([|R % U * M.T|])", "is read from the left, as '(R % U) * M.T'")]
    [InlineData("Sum([|U * M.T % R|])", "as '(U * M.T) % R'")]
    [InlineData("Sum((R % (U * M.T)) + 2 * R % R + R % R * 2)", null)]
    public void AGMF0018_is_reported_where_both_products_stand_without_parentheses(string expression, string? message)
    {
        var source = InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); "
            + $"public static double Eager(Matrix<double> R, Matrix<double> U, Matrix<double> M) => {expression};");
        Assert.All(Reported(source, message is null ? [] : ["AGMF0018"]), m => Assert.Contains(message!, m, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Foreign.Twice(U)")]
    [InlineData("Sum(Map(U, Foreign.Hidden))")]
    [InlineData("[|Foreign.Open(1)|] * Sum(U)")]
    public void AGMF0019_is_reported_where_generated_code_would_call_a_private_function_of_another_type(string body)
    {
        var source = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body.Replace("Foreign.Hidden", "Foreign.Of", StringComparison.Ordinal)};")
            + " internal static class Foreign { "
            + $"public static double Twice(Matrix<double> U) => Sum(U) * {(body.Contains("Twice", StringComparison.Ordinal) ? "[|Bump(2)|]" : "2")}; "
            + $"public static double Of(double x) => {(body.Contains("Hidden", StringComparison.Ordinal) ? "[|Bump(x)|]" : "x")}; "
            + "[Partial(\"x\", \"Bump(x)\")] public static double Open(double x) => Math.Exp(x); "
            + "[Partial(\"x\", \"Bump(x)\")] private static double Bump(double x) => Math.Exp(x); }";
        Assert.Contains("cannot reach 'Foreign.Bump'", Assert.Single(Reported(source, "AGMF0019")), StringComparison.Ordinal);
    }

    [Fact]
    public void AGMF0019_is_reported_where_generated_code_would_call_a_function_of_a_file_local_type()
    {
        var messages = Reported(
            InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, [|Hidden.Op|])) + [|Hidden.Op(Sum(U))|] + Sum(Map(U, Hidden.Cube)); ")
                + " file static class Hidden { [Partial(\"x\", \"2 * x\")] public static double Op(double x) => x * x; public static double Cube(double x) => x * x * x; }",
            "AGMF0019", "AGMF0019");
        Assert.All(messages, message => Assert.Contains("cannot reach 'Hidden.Op', which is not accessible there; drop the modifier 'file' of its type", message, StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0019_is_reported_at_every_call() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; public static partial class Losses { "
            + "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, x => Foreign.One(x) + Foreign.Other(x) + [|Foreign.Open(x)|] + [|Foreign.Open(2 * x)|])); }"
            + " internal static class Foreign { public static double One(double x) => [|Bump(x)|]; public static double Other(double x) => [|Bump(x)|] * [|Bump(-x)|];"
            + " [Partial(\"x\", \"Bump(x)\")] public static double Open(double x) => x; [Partial(\"x\", \"Bump(x)\")] private static double Bump(double x) => x; }",
        "AGMF0019", "AGMF0019", "AGMF0019", "AGMF0019", "AGMF0019");

    [Fact]
    public void A_private_constant_of_another_type_is_read_and_not_named() => new UserProject(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Foreign.Scaled(U);")
            + " internal static class Foreign { private const double Half = 0.5; private static readonly double Quarter = Half / 2;"
            + " public static double Scaled(Matrix<double> x) => Half * Quarter * Sum(Square(x)); }").Run();

    [Theory]
    [InlineData("Sum([|Log(1 + Exp(U))|])", "Softplus")]
    [InlineData("Sum(Map(U, x => [|Math.Log(Math.Exp(-x) + 1)|]))", "Softplus")]
    [InlineData("Sum([|Log(Sigmoid(U))|])", "LogSigmoid")]
    public void AGMF0020_is_reported_where_a_stable_function_says_the_same(string body, string stable) => Assert.Contains(
        $"the generated code uses {stable}",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"), "AGMF0020")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(U) + [|1e308|]", "infinite")]
    [InlineData("Sum(Log(Square(U) + [|1e-300|]))", "'1E-300' is 0")]
    [InlineData("Sum(Map(U, x => x < [|-1e39|] ? 0 : x))", "infinite")]
    [InlineData("Sum(Clamp(U, 0, [|double.MaxValue|]))", "infinite")]
    [InlineData("Sum(U) + 1e-45 + 3.4e38 + double.PositiveInfinity", null)]
    public void AGMF0022_is_reported_at_a_constant_that_no_float_holds(string body, string? becomes)
    {
        var messages = Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"), becomes is null ? [] : ["AGMF0022"]);
        Assert.All(messages, message => Assert.Contains(becomes!, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sum(U) * [|Half|]", "make it a const or a static readonly field")]
    [InlineData("Sum(Map(U, x => [|x % 2|]))", "the remainder of numbers jumps")]
    public void AGMF0001_says_the_way_out(string body, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body} + Sum(U); private static double Half => 0.5;"), "AGMF0001")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0003_names_a_matrix_that_is_not_square_once() => Assert.EndsWith(
        "not square: U is m×k",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => [|Trace(U)|];"), "AGMF0003")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0003_says_of_which_factors_one_size_counts_the_rows() => Assert.EndsWith(
        "U is m×k, V is m×k; m is the number of rows of U and of V, which other operations of the loss make one",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Square(U - V)) + Sum([|U * V|]);"), "AGMF0003")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0003_says_how_a_vector_gets_the_size_that_it_meets() => Assert.Contains(
        "give them one name with [Shape] on 'b'",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] ColumnVector<double> b) => Sum([|U.T + b|]);"), "AGMF0003")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0023_is_reported_of_a_loss_that_grows_too_large()
    {
        // Each product of matrices has indices of its own, so that nothing in it is shared with the others.
        var locals = string.Concat(Enumerable.Range(0, 25).Select(i => $"var a{i + 1} = Tanh(a{i} * (a{i}.T * a{i})); "));
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => [|Sum(Grown(U))|]; private static Matrix<double> Grown(Matrix<double> a0) {{ {locals} return a25; }}"),
            ["AGMF0023"]));
        Assert.Contains("500,000", message, StringComparison.Ordinal);
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

    [Fact]
    public void AGMF0001_is_reported_at_a_product_of_sparse_matrices_of_which_one_changes()
    {
        var message = Assert.Single(Reported(
            InLosses("[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R) => Sum(Square([|(R % (U * U.T)) * R|]));"), "AGMF0001"));
        Assert.Contains("the product of two sparse matrices is computed once from data", message, StringComparison.Ordinal);
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
    public void AGMF0021_says_of_a_product_of_data_that_no_matrix_of_the_loss_is_as_large()
    {
        var marked = InLosses("[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R, Matrix<double> X) => Sum(Exp([|R * X|] - R)) + Sum(U);");
        var message = Assert.Single(Reported(marked, "AGMF0021"));
        Assert.Contains("matrix of data alone, and no dense matrix of the loss has these sizes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_that_no_kernel_computes_at_one_point_is_no_reason_to_refuse_the_loss()
    {
        var run = new UserProject(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R) => Sum(Predicted(U, R) * U); "
                + "[Prediction] private static Matrix<double> Predicted(Matrix<double> U, SparseMatrix<double> R) => R * (U * U.T);")).Run();
        Assert.DoesNotContain("IRatingModel", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        Reported(
            InLosses(
                "[Loss] public static double A([Factor] Matrix<double> U, int [|count|]) => Sum(U) * [|U.View.Count|] + [|A(U, 3)|]; "
                + "[Loss] public static double B([Factor] Matrix<double> U, [Factor] Matrix<double> M) => Sum([|U * M|]) + Sum([|M.T * U.T|]);")
                .Replace("[|A(U, 3)|]", "Sum(U)", StringComparison.Ordinal),
            "AGMF0006", "AGMF0001", "AGMF0003", "AGMF0003");
    }

    [Fact]
    public void What_is_wrong_with_the_body_is_reported_beside_what_is_wrong_with_the_declaration() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; public class [|[|Losses|]|] { "
            + $"[Loss] public static double L({Factors}) => Sum([|U * M|]); [Loss] public static double A([Factor] Matrix<double> U, [Factor] Matrix<double> [|M|]) => Sum(U); }}",
        "AGMF0002", "AGMF0002", "AGMF0003", "AGMF0005");

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

    [Fact]
    public void AGMF9999_names_the_loss_and_the_failure_and_spares_the_other_losses()
    {
        var project = new UserProject("namespace Shop; " + InLosses(
            "[Loss] public static double A([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"))
        {
            Emit = model => model.Name == "A" && model.Body is not null
                ? throw new InvalidOperationException("Something is wrong inside.")
                : Emission.LossEmitter.Emit(model),
        };

        var run = project.Generate();

        var failure = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("AGMF9999", failure.Id);
        Assert.Contains("the loss 'Shop.Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains("A has errors", run.Generated["Shop.Losses.A.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("has errors", run.Generated["Shop.Losses.B.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGMF9999_is_reported_at_the_loss_whose_review_fails()
    {
        var source = MarkedSource.Parse(InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"));
        var analyzer = new LossAnalyzer(LossMarks.Read, model => model.Name == "A" ? throw new InvalidOperationException("Something is wrong inside.") : LossReview.Of(model));
        var output = new UserProject(source.Text).Generate().Output.WithAnalyzers([analyzer]);
        var failure = Assert.Single(await output.GetAnalyzerDiagnosticsAsync());
        Assert.Equal(("AGMF9999", source.Spans.Single()), (failure.Id, failure.Location.SourceSpan));
        Assert.Contains("the loss 'Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGMF9999_is_reported_by_both_at_the_loss_whose_reading_fails_and_spares_the_other_losses()
    {
        static ParsedLoss Read(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) => method.Name == "A"
            ? throw new InvalidOperationException("Something is wrong inside.")
            : LossMarks.Read(method, compilation, cancellation);
        var source = MarkedSource.Parse("namespace Shop; " + InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [EntryLoss] public static double B(double x, double r) => Square(x - r);"));

        var run = new UserProject(source.Text) { Read = Read }.Generate();
        var analyzed = await run.Output.WithAnalyzers([new LossAnalyzer(Read, LossReview.Of)]).GetAnalyzerDiagnosticsAsync();

        var (generator, analyzer) = (Assert.Single(run.GeneratorDiagnostics), Assert.Single(analyzed));
        Assert.All([generator, analyzer], failure =>
        {
            Assert.Equal("AGMF9999", failure.Id);
            Assert.Contains("the loss 'Shop.Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
            Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        });
        Assert.Equal(source.Spans.Single(), analyzer.Location.SourceSpan);
        Assert.Equal(["Shop.Losses.B.g.cs"], run.Generated.Keys);
    }

    [Fact]
    public void A_cancellation_is_no_failure() => Assert.Throws<OperationCanceledException>(
        () => InternalFailure.Guard<string>(() => throw new OperationCanceledException(), failure => failure));
}
