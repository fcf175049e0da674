using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0004, AGMF0005, AGMF0020 and AGMF0022: derivatives that are missing or zero, and numbers that lose their digits.</summary>
public class DerivativeRuleTests
{
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
    [InlineData("Sum(Square(U)) + [|Sum(Map(U, x => x > 0 ? 1 : 0))|]")]
    [InlineData("Sum(Square(U)) - 2 * [|Sum(Sign(U))|]")]
    [InlineData("Sum(Square(U) + [|Sign(U)|])")]
    [InlineData("Sum(Map(U, x => x * x + (double)[|Math.Sign(x)|]))")]
    [InlineData("Mean(Observed(R) % (Square(U * V.T - R) + [|Sign(U * V.T)|]))")]
    [InlineData("Sum(Square(U)) + [|Square(Sum(Sign(U))) / Exp(Sum(Map(V, x => x > 0 && x < 1 ? 1 : 2)))|]")]
    [InlineData("Sum(Sign(U) % U)", 0)]
    [InlineData("Sum(Square(U - Sign(U)))", 0)]
    [InlineData("Sum(Square(U)) + Sum(StopGradient(Sign(U)))", 0)]
    [InlineData("Sum(Square(U)) + Sum(Sign(R))", 0)]
    [InlineData("Sum(Map(U, x => x > 0 ? x : 1)) + Sum(RowMax(U)) + Norm1(U) + Sum(Clamp(V, -1, 1))", 0)]
    public void AGMF0005_is_reported_at_a_term_that_only_jumps(string body, int count = 1)
    {
        var marked = count == 0 ? body.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal) : body;
        var messages = Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Square(V)) + {marked};"), [.. Enumerable.Repeat("AGMF0005", count)]);
        Assert.All(messages, message => Assert.Contains("jumps", message, StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0005_is_reported_once_where_the_only_term_of_a_factor_jumps() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> [|V|]) => Sum(Square(U)) + Sum(Sign(V));"), "AGMF0005");

    [Theory]
    [InlineData("Norm([|1e-170|] * U)")]
    [InlineData("Sum(RowNorms([|-1e-200|] * U))")]
    public void AGMF0005_is_not_reported_where_only_a_square_underflows(string body) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"), "AGMF0022");

    [Theory]
    [InlineData("Sum(Log(RowSums(Observed(R) % Exp(U * V.T))))")]
    [InlineData("Sum(Observed(R) % Log(Exp(U) * Exp(V).T))")]
    public void Sums_of_exponentials_need_no_pairs_to_be_stable(string body) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => {body};"));

    [Theory]
    [InlineData("Sum([|Log(1 + Exp(U))|])", "Softplus")]
    [InlineData("Sum(Map(U, x => [|Math.Log(Math.Exp(-x) + 1)|]))", "Softplus")]
    [InlineData("Sum([|Log(Sigmoid(U))|])", "LogSigmoid")]
    [InlineData("Sum([|Log(1 - Sigmoid(U))|])", "LogSigmoid")]
    [InlineData("Sum([|Log(Cosh(U))|])", "LogCosh")]
    [InlineData("Sum(Map(U, x => [|Math.Log(Math.Cosh(x))|]))", "LogCosh")]
    [InlineData("Sum([|Log(RowSums(Exp(U)))|])", "RowLogSumExp")]
    public void AGMF0020_is_reported_where_a_stable_function_says_the_same(string body, string stable) => Assert.Contains(
        $"the generated code uses {stable}",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"), "AGMF0020")),
        StringComparison.Ordinal);

    /// <summary>What generated code computes as it is written is to be written in another way, and what it does not is well.</summary>
    [Theory]
    [InlineData("Sum([|Exp(U) - 1|])", "write Expm1(U)")]
    [InlineData("Sum([|1 - Exp(U)|] - U)", "write -Expm1(U)")]
    [InlineData("Sum(Map(U, x => [|-1 + Math.Exp(2 * x)|] - x))", "write Expm1(2 * x)")]
    [InlineData("Sum(([|Exp(U) - 1|]) / U)", "write Expm1(U)")]
    [InlineData("Sum(Square(U)) + Math.Sqrt([|Math.Exp(Sum(Square(U))) - 1|])", "write Expm1(Sum(Square(U)))")]
    public void AGMF0020_is_reported_where_a_difference_loses_its_digits(string body, string write) => Assert.EndsWith(
        write,
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"), "AGMF0020")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Log(1 + Square(U))) + Sum(Log(Exp(Square(U)) - 1)) + Sum(Log(Square(U) % (Exp(Square(U)) - 1)))")]
    [InlineData("Sum(Square(U) / (Exp(U) - 1)) + Sum(Reciprocal(1 - Exp(U)))")]
    [InlineData("Sum((Exp(U) - 1) / (Exp(U) + 1)) + Sum(Exp(U) - 2) + Sum(Expm1(U))")]
    public void AGMF0020_is_not_reported_of_differences_that_are_computed_otherwise(string body) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"));

    [Theory]
    [InlineData("Sum(U) + [|1e308|]", "infinite")]
    [InlineData("Sum(Log(Square(U) + [|1e-300|]))", "'1E-300' is 0")]
    [InlineData("Sum(Map(U, x => x < [|-1e39|] ? 0 : x))", "infinite")]
    [InlineData("Sum(Clamp(U, 0, [|double.MaxValue|]))", "infinite")]
    [InlineData("Math.Min(Sum(U), double.PositiveInfinity) + 1e-45 + 3.4e38", null)]
    public void AGMF0022_is_reported_at_a_constant_that_no_float_holds(string body, string? becomes)
    {
        var messages = Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};"), becomes is null ? [] : ["AGMF0022"]);
        Assert.All(messages, message => Assert.Contains(becomes!, message, StringComparison.Ordinal));
    }
}
