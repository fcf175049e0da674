using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>
/// Products of other data with a filled matrix, or another sum with sparse data: L (S + 1 μ') is L S + (L 1) μ', of which the one is a product of matrices that sums
/// over pairs take apart, and the other is separable.
/// </summary>
public class FilledProductTests
{
    private const string Filled = "FillMissing(R, ColumnMeans(R))";

    [Theory]
    [InlineData($"Sum(Square(U * V.T - L * {Filled}))")]
    [InlineData($"Sum(Square(U * V.T - {Filled} * K))")]
    [InlineData($"Sum(Square(U * V.T - L * {Filled} * K))")]
    [InlineData($"Sum(Square(U * V.T - D * {Filled}))")]
    [InlineData($"Sum(Square(U * V.T - {Filled} * E))")]
    [InlineData($"Sum(Square(U * V.T - D * {Filled} * K))")]
    [InlineData($"Sum(Square((U * V.T).T - {Filled}.T * L))")]
    [InlineData($"Sum(Square(L * (U * V.T - {Filled})))")]
    [InlineData($"Sum(Square((U * V.T - {Filled}) * E))")]
    [InlineData($"Sum(Square(U * V.T - {Filled} - 0.5 * (L * {Filled})))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, RowMeans(R))))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, ObservedMean(R))))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, mu)))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, c * e.T)))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, c + e.T)))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, P * Q.T)))")]
    [InlineData("Sum(Square(U * V.T - FillMissing(R, 2 * P * Q.T) * K))")]
    [InlineData("Sum(Square(U * V.T - D * FillMissing(R, P * Q.T)))")]
    [InlineData("Sum(Square(U * V.T - L * FillMissing(R, P * Q.T + c + mu)))")]
    [InlineData("Sum(Square(U * V.T - L * (Observed(R) % (P * Q.T)) - R))")]
    [InlineData("Sum(Square(U * V.T - L * (R + c)))")]
    [InlineData($"Sum(Square(U * V.T - L * (2 * {Filled} - mu)))")]
    [InlineData($"Sum(Square(U * V.T - L * (mu * ({Filled} - 1))))")]
    [InlineData($"Sum((c * e.T) % Square(U * V.T - L * {Filled}))")]
    [InlineData($"Sum(Square(RowSums((L * {Filled}) % (U * V.T))))")]
    public void No_pairs_are_visited(string body) => Assert.DoesNotMatch(@"\bm n\b", Head(body));

    [Theory]
    [InlineData($"Sum(Observed(R) % Square(U * V.T - L * {Filled}))")]
    [InlineData($"Sum(Observed(R) % Softplus(U * V.T - {Filled} * K))")]
    public void Of_observed_entries_alone_its_elements_are_computed_there(string body) => Assert.DoesNotMatch(@"\bm n\b", Head(body));

    [Fact]
    public void The_head_writes_the_sparse_part_as_a_formula() =>
        Assert.Contains("Σ ((L ((R - Observed(R) ∘ ColumnMeans(R)) V)) ∘ U)", Head($"Sum(Square(U * V.T - L * {Filled}))"), StringComparison.Ordinal);

    [Fact]
    public void The_head_writes_a_fill_of_low_rank_as_one() =>
        Assert.Contains("Σ ((L ((R - Observed(R) ∘ (P Q')) V)) ∘ U)", Head("Sum(Square(U * V.T - L * FillMissing(R, P * Q.T)))"), StringComparison.Ordinal);

    [Fact]
    public void Entries_of_computed_data_are_counted_as_one_number() =>
        Assert.Contains("2 |R - Observed(R) % (P * Q.T)| k", Head("Sum(Square(U * V.T - L * FillMissing(R, P * Q.T)))"), StringComparison.Ordinal);

    private static string Head(string body)
    {
        var run = new UserProject(
            DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, [Shape(\"m\", \"m\")] SparseMatrix<double> L, "
                + "[Shape(\"n\", \"n\")] SparseMatrix<double> K, [Shape(\"m\", \"m\")] Matrix<double> D, [Shape(\"n\", \"n\")] Matrix<double> E, Matrix<double> P, Matrix<double> Q, "
                + "[Shape(\"m\")] ColumnVector<double> c, [Shape(\"n\")] ColumnVector<double> e, double mu) => "
                + $"{body} + Sum(Square(U)) + Sum(Square(V)) + 0 * (mu + Sum(R) + Sum(L) + Sum(K) + Sum(D) + Sum(E) + Sum(P) + Sum(Q) + Sum(c) + Sum(e));")
            + """

            public static class Probe
            {
                private static readonly AutoGradMf.SparseMatrix<double> R = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 5, [(0, 0, 1.0), (0, 2, 2.0), (1, 3, 3.0), (2, 2, 4.0), (3, 4, 5.0)]);
                private static readonly AutoGradMf.SparseMatrix<double> L = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    4, 4, [(0, 1, 0.5), (1, 0, 1.5), (2, 2, 2.5), (3, 0, 1.0), (3, 2, 3.5)]);
                private static readonly AutoGradMf.SparseMatrix<double> K = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                    5, 5, [(0, 1, 0.5), (1, 0, -1.5), (2, 4, 2.5), (3, 0, 1.0), (4, 2, 3.5)]);

                private static int Next;

                private static AutoGradMf.Matrix<double> Square(int size) => new(size, size, System.Array.ConvertAll(new double[size * size], _ => Next++ * 7 % 10 / 5.0 - 1));

                private static AutoGradMf.Matrix<double> Thin(int rows) => new(rows, 2, System.Array.ConvertAll(new double[2 * rows], _ => Next++ * 3 % 7 / 4.0 - 0.5));

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() =>
                    [new Losses.LObjective<double>(R, L, K, Square(4), Square(5), Thin(4), Thin(5), new([1, 2, 0.5, 1.5]), new([0.5, 1, 2, 1.5, 0.7]), 0.5, 2)];
            }
            """).Run();
        run.AssertRight();
        return run.TextOfL.Split("</auto-generated>")[0];
    }
}
