using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>
/// Squares over all pairs beside sparse data, however they are written, cost two Gram matrices and as few products per entry as there are: what the head of the file says,
/// and values and gradients are those of the loss as it is written.
/// </summary>
public class SparseStructureTests
{
    private const string OnePass = "2 |R| k; value and gradient 4 m k² + 4 n k² + 6 |R| k";
    private const string OneProduct = "2 |R| k; value and gradient 4 m k² + 4 n k² + 4 |R| k";

    /// <summary>⟨R V, U⟩ of squares over all pairs is Σ r x, and next to nothing where a pass over the entries has x.</summary>
    [Theory]
    [InlineData("0.5 * Sum(Square(U * V.T - Observed(R))) + 0.5 * a * Sum(R % Square(U * V.T - Observed(R)))")]
    [InlineData("Mean(Square(U * V.T - R)) + Mean(R % Square(U * V.T - R))")]
    [InlineData("0.1 * Sum(Square(U * V.T - R)) + Sum(Observed(R) % Softplus(U * V.T))")]
    [InlineData("0.1 * Sum(Square(U * V.T + c - R)) + Sum(R % Abs(U * V.T + c - R))")]
    public void A_pass_takes_a_sparse_product_along(string body) => Costs(OnePass, body);

    /// <summary>Weights of rows and columns, of which powers of counts are known before any product is.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % Square(U * V.T - R)) + a * Sum(ColumnSums(Observed(R)) % ((1 - Observed(R)) % Square(U * V.T)))")]
    [InlineData("Sum(Observed(R) % Square(U * V.T - R)) + Sum((c * d) % ((1 - Observed(R)) % Square(U * V.T)))")]
    [InlineData("Sum(Observed(R) % Square(U * V.T - R)) + Sum(Pow(ColumnSums(Observed(R)), a) % ((1 - Observed(R)) % Square(U * V.T)))")]
    [InlineData("Sum((Observed(R) + (Pow(RowSums(Observed(R)), a) * Pow(ColumnSums(Observed(R)), a)) % (1 - Observed(R))) % Square(U * V.T - Observed(R)))")]
    [InlineData("Sum(Square(U * V.T - Observed(R))) + Sum(Pow(d, a) / Sum(Pow(d, a)) % (R % Square(U * V.T - Observed(R))))")]
    public void Weights_by_frequency_take_no_pass_of_their_own(string body) => Costs(OnePass, body);

    /// <summary>A trace of a product is a sum of elementwise products.</summary>
    [Theory]
    [InlineData("0.5 * Trace((U * V.T - R) * (U * V.T - R).T)")]
    [InlineData("0.5 * Trace((U * V.T - R).T * (U * V.T - R))")]
    public void Traces_of_products_are_squares(string body) => Costs(OneProduct, body);

    [Theory]
    [InlineData("Sum(Square(Abs(U * V.T - R)))")]
    [InlineData("Sum(Abs(U * V.T - R) % Abs(U * V.T - R))")]
    [InlineData("Sum(Pow(Abs(U * V.T - R), 2))")]
    public void Squares_of_sizes_are_squares(string body) => Costs(OneProduct, body);

    private static void Costs(string expected, string body)
    {
        var run = new UserProject(
            DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> c, RowVector<double> d, double a) => "
                + $"{body} + 0 * a * (Sum(c) + Sum(d));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> R = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 5, [(0, 0, 1.0), (0, 2, 2.0), (1, 3, 3.0), (2, 2, 4.0), (3, 4, 5.0), (3, 1, 0.5)]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() =>
                    [new Losses.LObjective<double>(R, new([1, 2, 0.5, 1.5]), new([0.5, 1, 2, 1.5, 0.7]), 0.75, 2)];
            }
            """).Run();
        run.AssertRight();
        Assert.Contains("flops   value 2 m k² + 2 n k² + " + expected, run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }
}
