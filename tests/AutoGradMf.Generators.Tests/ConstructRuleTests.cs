using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0001: constructs that are not of the language, each with the way out.</summary>
public class ConstructRuleTests
{
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> M";

    /// <summary>The body of a loss over U, M, R and reg, in which something is not of the language.</summary>
    [Theory]
    [InlineData("Sum(U) + R.Count", "R.Count")]
    [InlineData("Sum(U) + (int)reg", "(int)reg")]
    [InlineData("Sum(U) + U.Rows / 2", "U.Rows / 2")]
    [InlineData("Sum(U) + U.Rows % 2", "U.Rows % 2")]
    [InlineData("Sum(U) + U[0, 1]", "U[0, 1]")]
    [InlineData("Sum(U) % reg", "Sum(U) % reg")]
    [InlineData("Sum((Matrix<double>)(object)U)", "(Matrix<double>)(object)U")]
    [InlineData("Sum(new Matrix<double>(3, 4) - U)", "new Matrix<double>(3, 4)")]
    public void AGMF0001_is_reported_at_a_construct_that_is_not_of_the_language(string body, string offender)
    {
        Reported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R, double reg) => " +
                body.Replace(offender, $"[|{offender}|]", StringComparison.Ordinal) + ";"),
            "AGMF0001");
    }

    [Theory]
    [InlineData("double half; [|(half, var e) = (0.5, U);|] return half * Sum(e);")]
    [InlineData("double sum = 0; [|for (var i = 0; i < 3; i++)|] { [|sum += i;|] } return Sum(U) + sum;")]
    [InlineData("var e = U; [|e = 2 * e;|] return Sum(e);")]
    [InlineData("[|try|] { } finally { } [|lock (U)|] { [|U.ToString();|] } [|using (null as System.IDisposable)|] { } return Sum(U);")]
    [InlineData("[|switch (U.Rows)|] { case 1: return 2; default: break; } if (Sum(U) < 2) [|throw new System.ArgumentException();|] return Sum(U);")]
    public void AGMF0001_is_reported_at_a_statement(string block) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {block} }}"), [.. MarkedSource.Parse(block).Spans.Select(_ => "AGMF0001")]);

    [Theory]
    [InlineData("double half; [|(half, var e) = (0.5, U);|] return half * Sum(e);", "it takes a value apart into several locals; declare one at a time: var half = 0.5; var e = U;")]
    [InlineData("[|var (a, b) = new Two(U, 2);|] return Sum(a) + b;", "declare one at a time: var a = …; var b = …;")]
    public void AGMF0001_says_what_to_write_in_place_of_several_values_at_once(string block, string advice)
    {
        var marked = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {block} }} "
            + "private sealed class Two(Matrix<double> x, double by) { public void Deconstruct(out Matrix<double> a, out double b) { a = x; b = by; } }");
        Assert.Contains(Reported(marked, [.. MarkedSource.Parse(block).Spans.Select(_ => "AGMF0001")]), m => m.Contains(advice, StringComparison.Ordinal));
    }

    /// <summary>What was changed is not what it was: nothing is said of that.</summary>
    [Theory]
    [InlineData("var n = 0.0; [|n += 1;|] return Sum(U) / n;")]
    [InlineData("int n = 0; [|n++;|] return Sum(U) / n;")]
    [InlineData("var x = U; [|x = -Abs(x);|] return Sum(Log(1 + Abs(x)));")]
    [InlineData("[|reg = 0;|] return Sum(U) / reg;")]
    public void AGMF0001_is_all_that_is_said_of_what_a_statement_changes(string block) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double reg = 1) {{ {block} }}"), "AGMF0001");

    [Fact]
    public void AGMF0001_is_reported_inside_a_helper() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Weighted(U); "
            + "private static double Weighted(Matrix<double> x) => Sum(x) * [|x.View|].Count;"),
        "AGMF0001");

    [Theory]
    [InlineData("Sum(U) * [|System.Numerics.Vector<double>.Count|]", "make it a const or a static readonly field")]
    [InlineData("Sum(Map(U, x => [|x % 2|]))", "the remainder of numbers jumps")]
    public void AGMF0001_says_the_way_out(string body, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body} + Sum(U);"), "AGMF0001")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0001_is_reported_at_a_product_of_sparse_matrices_of_which_one_changes()
    {
        var message = Assert.Single(Reported(
            InLosses("[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R) => Sum(Square([|(R % (U * U.T)) * R|]));"), "AGMF0001"));
        Assert.Contains("the product of two sparse matrices is computed once from data", message, StringComparison.Ordinal);
    }
}
