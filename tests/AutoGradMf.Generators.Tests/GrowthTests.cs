using System.Globalization;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What is used again and again is written once: code that doubled with each use would be gigabytes long here.</summary>
public class GrowthTests
{
    [Fact]
    public void Arms_of_a_switch() => RequireShort($"Sum(Map(U, x => x switch {{ {Each(20, i => $"{i} => {i}.5, ")} _ => x * x }}))");

    [Fact]
    public void Alternatives_of_a_pattern() => RequireShort($"Sum(Map(U, x => x switch {{ {string.Join(" or ", Enumerable.Range(0, 20))} => 1, _ => x * x }}))");

    [Fact]
    public void Conditions_joined_by_or() =>
        RequireShort($"Sum(Map(U, x => {string.Join(" || ", Enumerable.Range(0, 20).Select(i => $"(x > {i} && x < {i}.5)"))} ? x : x * x))");

    [Fact]
    public void Conditions_one_after_the_other() => RequireShort(
        "Sum(Map(U, F))", $"private static double F(double x) {{ {Each(20, i => $"if (x > {i} && x < {i}.5) return x * {i}; ")} return x * x; }}");

    [Fact]
    public void Conditions_around_a_power() => RequireShort(
        "Sum(Map(U, F))", $"private static double F(double x) {{ {Each(20, i => $"if (x > {i} && x < {i}.5) return Math.Pow(x, {i}.5); ")} return x * x; }}");

    [Theory]
    [InlineData("Sum(Map(U, F))", "double", "*")]
    [InlineData("F(Sum(Square(U)))", "double", "*")]
    [InlineData("Sum(F(U))", "Matrix<double>", "%")]
    public void Locals_that_use_the_one_before_twice(string body, string type, string times) => RequireShort(
        body, $"private static {type} F({type} a0) {{ {Each(25, i => $"var a{i + 1} = a{i} {times} a{i} + Sin(a{i}); ")} return a25; }}");

    [Theory]
    [InlineData(16)]
    [InlineData(25)]
    [InlineData(40)]
    public void Locals_that_multiply_the_one_before_by_itself_are_too_large(int count) => DiagnosticAssert.Reported(
        DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U) => [|Sum(Map(U, F))|]; "
            + $"static double F(double a0) {{ {Each(count, i => $"var a{i + 1} = a{i} * a{i}; ")} return a{count}; }}"),
        "AGMF0023");

    [Fact]
    public void Locals_that_multiply_the_one_before_by_itself() => RequireShort(
        "Sum(Map(U, F))", $"private static double F(double a0) {{ {Each(7, i => $"var a{i + 1} = a{i} * a{i}; ")} return a7; }}");

    [Theory]
    [InlineData("double F0(double x) => x * x + 1;", "double F{0}(double x) => F{1}(x) + F{1}(x + 1);", "Sum(Map(U, F24))")]
    [InlineData("Matrix<double> F0(Matrix<double> x) => Square(x);", "Matrix<double> F{0}(Matrix<double> x) => F{1}(x) + F{1}(2 * x);", "Sum(F24(U))")]
    public void Methods_that_call_the_one_before_twice_are_too_large(string first, string next, string body)
    {
        var helpers = Enumerable.Range(1, 24).Select(i => "static " + string.Format(CultureInfo.InvariantCulture, next, i, i - 1));
        DiagnosticAssert.Reported(
            DiagnosticAssert.InLosses($"static {first} {string.Join(" ", helpers)} [Loss] public static double L([Factor] Matrix<double> U) => [|{body}|];"), "AGMF0023");
    }

    [Theory]
    [InlineData(800)]
    [InlineData(1500)]
    [InlineData(3000)]
    public void A_sum_of_many_terms_is_too_large(int count)
    {
        var sum = string.Join(" + ", Enumerable.Range(1, count).Select(i => $"{i}.5 * Sum(Exp(0.{i:D4} * U))"));
        var run = new UserProject(DiagnosticAssert.InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {sum};")).GenerateOnce();
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Equal("AGMF0023", Assert.Single(run.AnalyzerDiagnostics).Id);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(600)]
    [InlineData(1500)]
    [InlineData(3000)]
    public void What_nests_deeply_is_generated_or_refused_with_its_reason(int count)
    {
        var run = new UserProject(DiagnosticAssert.InLosses(
            $"[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F)); static double F(double x) {{ {Each(count, i => $"if (x < {i}) return {i}.5 * x; ")} return x * x; }}")).GenerateOnce();
        var isStandIn = Assert.Single(run.Generated).Value.Contains("which the compiler lists", StringComparison.Ordinal);
        Assert.Equal(isStandIn ? ["AGMF0023"] : [], run.GeneratorDiagnostics.Concat(run.AnalyzerDiagnostics).Select(d => d.Id));
        Assert.Empty(run.CompilerDiagnostics);
        Assert.True(isStandIn ? count > 100 : count < 3000);
    }

    public static TheoryData<string> Shapes => [.. Nests.Keys];

    private static Dictionary<string, Func<int, string>> Nests { get; } = new(StringComparer.Ordinal)
    {
        ["ifs"] = n => OfElements($"{Each(n, i => $"if (x < {i}) return {i}.5 * x; ")} return x * x;"),
        ["conditionals"] = n => OfElements($"return {Each(n, i => $"x < {i} ? {i}.5 * x : ")} x * x;"),
        ["conditions"] = n => OfElements($"return {string.Join(" || ", Enumerable.Range(0, n).Select(i => $"x == {i}"))} ? x : x * x;"),
        ["patterns"] = n => OfElements($"return x is {string.Join(" or ", Enumerable.Range(0, n))} ? x : x * x;"),
        ["arms"] = n => OfElements($"return x switch {{ {Each(n, i => $"{i} => {i}.5, ")} _ => x * x }};"),
        ["terms"] = n => OfElements($"return {string.Join(" + ", Enumerable.Range(1, n).Select(i => $"Math.Exp(0.{i:D4} * x)"))};"),
        ["factors"] = n => OfElements($"return {string.Join(" * ", Enumerable.Range(1, n).Select(i => $"({i}.5 + x)"))};"),
        ["functions"] = n => OfElements($"return {Each(n, _ => "Math.Sin(")}x{new string(')', n)};"),
        ["locals"] = n => OfElements($"{Each(n, i => $"var x{i + 1} = Math.Sin({(i == 0 ? "x" : $"x{i}")}); ")} return x{n};"),
        ["methods"] = n => $"[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F{n})); static double F0(double x) => x; {Each(n, i => $"static double F{i + 1}(double x) => Math.Sin(F{i}(x)); ")}",
        ["matrices"] = n => $"[Loss] public static double L([Factor, Shape(\"k\", \"k\")] Matrix<double> S) => Sum({string.Join(" * ", Enumerable.Repeat("S", n))});",
        ["sums"] = n => $"[Loss] public static double L([Factor] Matrix<double> U) => {string.Join(" + ", Enumerable.Range(1, n).Select(i => $"Sum(Exp(0.{i:D4} * U))"))};",
    };

    private static string OfElements(string body) => $"[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F)); static double F(double x) {{ {body} }}";

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_too_large_is_so_on_every_stack(string shape) => Assert.All([FewEnough(shape), 300, 1000], count =>
    {
        var project = new UserProject(DiagnosticAssert.InLosses(Nests[shape](count)));

        // Of a megabyte, as the smallest have, what is not optimized takes twice as much.
        var verdict = Verdict(project, 64 << 20);
        Assert.Equal(verdict, Verdict(project, 2 << 20));
        if (count == FewEnough(shape))
        {
            Assert.StartsWith(":", verdict, StringComparison.Ordinal);
            Assert.Contains(" class ", verdict, StringComparison.Ordinal);
        }
    });

    /// <summary>Long products of matrices have much code.</summary>
    private static int FewEnough(string shape) => shape == "matrices" ? 20 : 150;

    /// <summary>What a loss is refused for, and whether it is generated, on a thread of its own.</summary>
    private static string Verdict(UserProject project, int stack)
    {
        var verdict = "";
        var thread = new Thread(
            () =>
            {
                var parsed = project.ReadAlone();
                var review = parsed.Model.Body is null ? null : LossReview.Of(parsed.Model);
                var text = Emitted(parsed.Generated!);
                verdict = $"{string.Join(" ", parsed.Diagnostics.Select(d => d.Id).Concat(review?.Problems.Select(p => p.Rule) ?? []))}: {text.Length} characters, {string.Join(" ", text.Split('\n').Where(line => line.Contains(" class ", StringComparison.Ordinal)))}";
            },
            stack);
        thread.Start();
        thread.Join();
        return verdict;
    }

    /// <summary>What is generated; nothing where that is too large and its review is not.</summary>
    private static string Emitted(LossModel model)
    {
        try
        {
            return LossEmitter.Emit(model);
        }
        catch (LossException tooLarge) when (tooLarge.IsFinal)
        {
            return "";
        }
    }

    private static string Each(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private static void RequireShort(string body, string helper = "")
    {
        var run = new UserProject(
            $$"""
            using System;
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                [Loss] public static double L([Factor] Matrix<double> U) => {{body}};
                {{helper}}
            }
            """).Run();
        Assert.InRange(Assert.Single(run.Generated).Value.Length, 1, 200_000);
    }
}
