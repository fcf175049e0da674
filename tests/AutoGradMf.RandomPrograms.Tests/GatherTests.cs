using System.Text.RegularExpressions;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>
/// Rows that samples choose are read where they are: value, gradient and Hessian-vector product take memory for the factors and numbers for each
/// sample, and no matrix of samples × features.
/// </summary>
public partial class GatherTests
{
    [Fact]
    public void Losses_of_samples_are_right_and_keep_no_row_for_each_sample()
    {
        string[] losses =
        [
            // Rankings of triples, with biases, weights of features and rows of more than one table.
            "Sum(Softplus(-RowDots(U[i], V[j]) + RowDots(U[l], V[j])))",
            "Sum(Softplus(-RowDots(U[i] - P[l], V[j]) - d[j] + b[i]))",
            "Sum(Softplus(-RowSums(U[i] % V[j] % c.T)))",
            "Sum(Sigmoid(RowDots(2.0 * U[i] + reg * P[l], V[j] - G[j])))",

            // Rows times matrices, tensors of three factors, factors with a bias in each feature, squares.
            "Sum(Square(RowDots(U[i] * C, V[j]) - w[i]))",
            "Sum(Square(RowSums(U[i] % V[j] % P[l]) - w[l]))",
            "Sum(Square(RowSums((U[i] - P[l]) % V[j] % (T[i] + P[i]))))",
            "Sum(Square(RowDots(U[i] + b[i], V[j] + c.T)))",
            "Sum(Sqrt(1.0 + RowSums(Square(U[i] - V[j]))))",
            "Sum(Softplus(1.0 + RowSums(Square(U[i] - V[j])) - RowSums(Square(P[i] - V[j]))))",

            // Sums over all samples at once, with weights of samples.
            "Dot(U[i], V[j])",
            "Sum(Square(U[i] - V[j]))",
            "Sum(w[i] % RowDots(U[l], V[j])) + reg * Sum(Square(U[i]))",
        ];
        var checks = FoundProgramTests.Check(losses, withCapabilities: true);
        FoundProgramTests.RequireSmooth(checks);
        Assert.All(checks, loss =>
        {
            var samples = Samples().Match(loss.Generated).Groups["samples"].Value;
            Assert.DoesNotMatch($@"\b{samples} k\b", Memory().Match(loss.Generated).Value);
            Assert.DoesNotMatch($@"\bk {samples}\b", Memory().Match(loss.Generated).Value);
        });
    }

    /// <summary>Curvature bounds of their squares count the samples of each row.</summary>
    [Fact]
    public void Losses_of_what_all_samples_add_up_to_are_right() => FoundProgramTests.RequireSmooth(FoundProgramTests.Check(
        [
            "Sum(Square(U[l].T * V[j]))",
            "Sum(Square(U[l].T * V[j] - Identity(U.Columns)))",
            "Sum(Square(U[l].T * b[i] - c))",
            "Sum(Square((T[i] - U[l]).T * V[j] - C))",
            "Sum(Square(Tanh(U[l]).T * V[j]))",
        ],
        withCapabilities: true));

    [GeneratedRegex(@"^//   sizes .* [ijl] (?<samples>\w+)×1", RegexOptions.Multiline)]
    private static partial Regex Samples();

    [GeneratedRegex(@"^//   memory .*$", RegexOptions.Multiline)]
    private static partial Regex Memory();
}
