using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Heads and LaTeX say what a mathematician would write.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("Log(1 + Square(U))", "L = Σ Log(1 + U²)")]
    [InlineData("Log1p(Square(U))", "L = Σ Log(1 + U²)")]
    [InlineData("Log1p(a * Square(U))", "L = Σ Log(1 + a U²)")]
    [InlineData("Expm1(U)", "L = Σ (Exp(U) - 1)")]
    [InlineData("Sqrt(Square(U) + a * a)", "L = Σ Sqrt(U² + a²)", "dL/dU = U / Sqrt(U² + a²)")]
    [InlineData("Sqrt(Square(U) + 2)", "L = Σ Sqrt(2 + U²)", "dL/dU = U / Sqrt(2 + U²)")]
    [InlineData("1.0000000000000002 * Square(U)", "L = Σ U²", "dL/dU = 2 U")]
    [InlineData("1000000000000001 * Square(U)", "L = 1000000000000001 Σ U²", "dL/dU = 2000000000000002 U")]
    [InlineData("Sqrt(1 + 3 * Square(U))", "L = Σ Sqrt(1 + 3 U²)", "dL/dU = 3 U / Sqrt(1 + 3 U²)")]
    [InlineData("Sqrt(0.1 * Square(U) + 0.7 * a * a)", "L = Σ Sqrt(0.1 U² + 0.7 a²)", "dL/dU = 0.1 U / Sqrt(0.1 U² + 0.7 a²)")]
    [InlineData("Sqrt(Square(U) + a)", "L = Σ Sqrt(U² + a)", "dL/dU = U / Sqrt(U² + a)")]
    [InlineData("Sqrt(b * Square(U) + a)", "L = Σ Sqrt(a + b U²)", "dL/dU = b U / Sqrt(a + b U²)")]
    [InlineData("Square(U) / (Square(U) + a)", "L = Σ (U² / (U² + a))")]
    [InlineData("Log(1 + a * Exp(U))", "L = Σ Log(1 + a Exp(U))", "dL/dU = a Exp(U) / (1 + a Exp(U))")]
    [InlineData("Log(1 - Exp(-Exp(U)))", "L = Σ Log(1 - Exp(-Exp(U)))")]
    public void Functions_for_code_are_written_out(string term, params string[] lines) => AssertHead($"Sum({term})", lines);

    [Theory]
    [InlineData("x < a ? 0 : x * x", "L = Σ ([a ≤ U] ∘ U²)", "dL/dU = 2 [a ≤ U] ∘ U")]
    [InlineData("x < a ? x : 0", "L = Σ ([U < a] ∘ U)", "dL/dU = [U < a]")]
    [InlineData("x > a && x < b ? 0 : x", "L = Σ ([U ≤ a or b ≤ U] ∘ U)", "dL/dU = [U ≤ a or b ≤ U]")]
    [InlineData("x < a ? -x : x < b ? x * x : 3 * x", "L = Σ {-U if U < a; U² if U < b; else 3 U}", "dL/dU = {-1 if U < a; 2 U if U < b; else 3}")]
    public void Conditions_are_brackets_or_cases(string body, params string[] lines) => AssertHead($"Sum(Map(U, x => {body}))", lines);

    [Fact]
    public void A_condition_in_brackets_is_transposed_as_it_stands() => AssertHead("Sum(Max(U * V.T, 0))", "dL/dV = [0 < U V']' U");

    [Fact]
    public void Vectors_of_features_within_a_product_are_diagonal_matrices() => AssertHead(
        "Sum(Tanh(U * Diag(ColumnSums(V).T) * V.T))",
        "L = Σ Tanh(U diag(V' 1) V')",
        "dL/dU = 4 (V' 1)' ∘ ((Sigmoid(2 U diag(V' 1) V') ∘ Sigmoid(-2 U diag(V' 1) V')) V)");

    [Fact]
    public void Numbers_out_of_the_range_of_double_are_one() => AssertHead("Sum(1e-160 * (U % (2e-160 * U)))", "L = 2e-320 Σ U²", "dL/dU = 4e-320 U");

    [Fact]
    public void Latex_has_cases_and_powers_of_ten()
    {
        var text = TextOf("Sum(Map(U, x => x < a ? -x : x < b ? x * x : 3 * x)) + Sum(1e-12 * Log(1 + Square(U)))");
        Assert.Contains(@"\begin{cases} -U & \text{if } U < a \\ {U}^{2} & \text{if } U < b \\ 3 \, U & \text{otherwise} \end{cases}", text, StringComparison.Ordinal);
        Assert.Contains(@"10^{-12} \, \sum \log\left(1 + {U}^{2}\right)", text, StringComparison.Ordinal);
    }

    /// <summary>Rows that index vectors choose of chosen rows; the letters of indices are others than the names of these.</summary>
    [Theory]
    [InlineData(
        "Sum(Square(RowDots(U[index][index2], V[j]) - y))",
        "L = Σ ((U[index][index2] ∘ V[j]) 1 - y)²",
        "dL/dU = 2 scatter(scatter(((U[index][index2] ∘ V[j]) 1 - y) ∘ V[j], index2), index)",
        "in V  quadratic, a system for each row: 2 Σ_i [k = j[i]] (U[index][index2])[i,l] (U[index][index2])[i,p]")]
    [InlineData(
        "Sum(Square((U[index] * V.T)[index2] - D)) + Sum(y) + Sum(V[j])",
        "L = Σ ((U[index] V')[index2] - D)²",
        "dL/dU = 2 scatter(scatter((U[index] V')[index2] - D, index2) V, index)",
        "dL/dV = 2 scatter((U[index] V')[index2] - D, index2)' U[index]")]
    public void Rows_of_chosen_rows_are_written_as_they_are_chosen(string body, params string[] lines)
    {
        var text = new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector index, IndexVector index2, IndexVector j, ColumnVector<double> y, Matrix<double> D) => "
            + body + ";")).GenerateOnce().TextOfL;
        Assert.All(lines, line => Assert.Contains($"//   {line}", text, StringComparison.Ordinal));
    }

    private static void AssertHead(string loss, params string[] lines)
    {
        var text = TextOf(loss);
        Assert.All(lines, line => Assert.Contains($"//   {line}\n", text, StringComparison.Ordinal));
    }

    private static string TextOf(string loss) => new UserProject(DiagnosticAssert.InLosses(
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, double a, double b) => {loss};")).GenerateOnce().TextOfL;
}
