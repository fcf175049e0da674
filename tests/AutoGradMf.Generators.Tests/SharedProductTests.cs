using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>
/// What terms have in common is multiplied once, however a loss is written: what the head of the file says, and values and gradients are those of the loss
/// as it is written.
/// </summary>
public class SharedProductTests
{
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> V, ";

    /// <summary>A F V' + U V' is (A F + U) V', of which the square has one Gram matrix, and A'X - A'Y is A'(X - Y).</summary>
    [Theory]
    [InlineData("Sum(Square(A * F * V.T + U * V.T - R))")]
    [InlineData("Sum(Square(U * V.T + A * (F * V.T) - R))")]
    [InlineData("Sum(Square(R - 2 * (A * F * V.T) - U * V.T))")]
    public void Predictions_with_a_factor_in_common_have_one_gram_matrix(string body) => Costs(
        "value 2 m k² + 2 m p k + 2 n k² + 2 |R| k; value and gradient 4 m k² + 4 m p k + 4 n k² + 4 |R| k ",
        "[Factor] Matrix<double> F, Matrix<double> A, SparseMatrix<double> R", "A, R, 2", body);

    [Fact]
    public void So_they_have_one_product_at_each_entry() => Costs(
        "value 2 m p k + 2 |R| k; value and gradient 4 m p k + 6 |R| k ",
        "[Factor] Matrix<double> F, Matrix<double> A, SparseMatrix<double> R", "A, R, 2", "Sum(Observed(R) % Square(A * F * V.T + U * V.T - R))");

    /// <summary>Σ (U C) ∘ U is ⟨U'U, C⟩, and the fit has the Gram matrix.</summary>
    [Theory]
    [InlineData("Trace(U * C * U.T)")]
    [InlineData("Trace(C * (U.T * U))")]
    [InlineData("Sum((U * C) % U)")]
    public void A_quadratic_form_of_a_factor_takes_the_gram_matrix_of_the_fit(string form) => Costs(
        "value 2 m k² + 2 n k² + 2 |R| k; value and gradient 4 m k² + 4 n k² + 4 |R| k ",
        "[Shape(\"k\", \"k\")] Matrix<double> C, SparseMatrix<double> R", "C, R", $"Sum(Square(U * V.T - R)) + {form}");

    /// <summary>A number and a vector are one vector of weights.</summary>
    [Theory]
    [InlineData("Sum((alpha + c + R) % Square(U * V.T - R))", "6 |R| k")]
    [InlineData("Sum((alpha + c) % Square(U * V.T - R))", "4 |R| k")]
    [InlineData("Sum((R + alpha + Square(c) + 1) % Square(U * V.T - Observed(R)))", "6 |R| k")]
    public void Weights_of_rows_with_a_number_have_one_gram_matrix(string body, string entries) => Costs(
        $"value 2 m k² + 2 n k² + 2 |R| k; value and gradient 4 m k² + 4 n k² + {entries} ",
        "SparseMatrix<double> R, ColumnVector<double> c, double alpha", "R, new([1, 2, 0.5, 1.5]), 0.75, 2", body);

    /// <summary>Σ_s ‖u_(i_s)‖² is Σ_i c_i ‖u_i‖², with the counts of the index.</summary>
    [Theory]
    [InlineData("Sum(Square(RowDots(U[i], V[j]) - r)) + alpha * Sum(Square(U[i])) + Sum(Square(V[j]))")]
    [InlineData("Sum(Square(RowDots(U[i], V[j]) - r) + alpha * (RowSums(Square(U[i])) + RowSums(Square(V[j]))))")]
    [InlineData("Sum(r % (Square(RowDots(U[i], V[j]) - r) + alpha * RowDots(U[i], U[i])))")]
    [InlineData("Sum(Square(RowDots(U[i], V[j]) - r)) + Sum(Exp(-alpha * r) % RowSums(Square(U[i])))")]
    public void Squares_of_the_rows_that_samples_choose_are_summed_over_rows(string body)
    {
        var text = Costs(" p k; value and gradient ", "IndexVector i, IndexVector j, ColumnVector<double> r, double alpha", "new(0, 2, 2, 3, 0), new(1, 0, 4, 4, 1), new([1, 2, 0.5, 1.5, 0.7]), 0.75, 4, 5, 2", body);
        Assert.Matches(@"value [^;|]* 2 p k; value and gradient [^(|]* 6 p k ", text);
        Assert.Contains("sampled, a sum over p samples", text, StringComparison.Ordinal);
    }

    private static string Costs(string expected, string parameters, string data, string body)
    {
        var run = new UserProject(
            DiagnosticAssert.InLosses($"[Loss] public static double L({Factors}{parameters}) => {body};")
            + $$"""

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> R = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 5, [(0, 0, 1.0), (0, 2, 2.0), (1, 3, 3.0), (2, 2, 4.0), (3, 4, 5.0), (3, 1, 0.5)]);

                private static readonly AutoGradMf.Matrix<double> A = new(new double[,] { { 1, 0.5, -1 }, { 2, 0, 0.3 }, { 0.7, 1, 1 }, { -0.4, 2, 0.1 } });

                private static readonly AutoGradMf.Matrix<double> C = new(new double[,] { { 1, 0.5 }, { -0.2, 2 } });

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>({{data}})];
            }
            """).Run();
        run.AssertRight();
        var text = run.TextOfL;
        Assert.Contains(expected, text, StringComparison.Ordinal);
        return text;
    }
}
