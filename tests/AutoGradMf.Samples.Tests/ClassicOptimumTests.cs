using AutoGradMf.Data;
using AutoGradMf.Samples.MovieLens.Optimum;
using AutoGradMf.Samples.MovieLens.Steps;
using AutoGradMf.Samples.MovieLens.Synthetic;
using MathNet.Numerics.LinearAlgebra.Double;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.Tests;

public sealed class ClassicOptimumTests
{
    [Theory]
    [InlineData(30, 50, 0.3)]
    [InlineData(50, 30, 0.3)]
    [InlineData(25, 25, 1.0)]
    [InlineData(1, 9, 0.5)]
    [InlineData(9, 1, 0.5)]
    [InlineData(120, 90, 0.1)]
    public void Singular_values_are_those_of_a_full_decomposition(int rows, int columns, double density)
    {
        var ratings = RandomRatings(rows, columns, density);
        var expected = Dense(ratings).Svd(computeVectors: false).S.ToArray();

        foreach (var count in new[] { 1, 5, 20, 1000 })
        {
            var (found, _) = LanczosBidiagonalization.LargestSingularValues(new FilledRatings(ratings), count, CancellationToken.None);

            Assert.Equal(Math.Min(count, expected.Length), found.Length);
            Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12 * expected[0]));
        }
    }

    [Fact]
    public void Repeated_and_vanishing_singular_values_are_all_found()
    {
        var cells = from i in Enumerable.Range(0, 12) from j in Enumerable.Range(0, 12) select (i, j, i == j && i < 8 ? 3.0 : 0.0);
        var ratings = SparseMatrix<double>.FromCoordinates(12, 12, cells.ToArray());

        var (found, _) = LanczosBidiagonalization.LargestSingularValues(new FilledRatings(ratings), 12, CancellationToken.None);

        Assert.All(found.Zip(Enumerable.Repeat(3.0, 8).Concat(new double[4])), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void The_norm_is_that_of_the_filled_matrix()
    {
        var ratings = RandomRatings(30, 50, 0.3);

        Assert.Equal(Math.Pow(Dense(ratings).FrobeniusNorm(), 2), new FilledRatings(ratings).SquaredDistanceFrom([]), 1e-9);
    }

    [Theory]
    [InlineData(0.0, 3)]
    [InlineData(1.0, 3)]
    [InlineData(8.0, 3)]
    [InlineData(1000.0, 3)]
    [InlineData(1.0, 100)]
    public void The_optimum_follows_from_a_full_decomposition(double reg, int rank)
    {
        var ratings = RandomRatings(30, 20, 0.4);
        var values = Dense(ratings).Svd(computeVectors: false).S;
        var expected = values.Select((s, i) => i < rank && s > reg ? (reg * s) - (reg * reg / 2) : s * s / 2).Sum();

        Assert.Equal(expected, ClassicOptimum.Of(ratings, reg, rank, CancellationToken.None), 1e-11 * Math.Max(1, values.Sum(s => s * s)));
    }

    [Fact]
    public void The_optimum_of_synthetic_ratings_agrees_with_a_full_decomposition() =>
        AssertOptimumOf(RatingBlock.Cut(SyntheticRatings.Create(seed: 1).Matrix, users: 200, movies: 1500, seed: 1));

    [SkippableFact]
    public void The_optimum_of_the_small_MovieLens_set_agrees_with_a_full_decomposition()
    {
        Skip.If(SharedData.MovieLens is null, SharedData.Absent);
        AssertOptimumOf(MovieLensFolder.Load(SharedData.MovieLens!).Matrix);
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        var ratings = RandomRatings(30, 20, 0.4);

        Assert.Throws<OperationCanceledException>(() => ClassicOptimum.Of(ratings, 1, 5, new CancellationToken(canceled: true)));
    }

    /// <summary>The squared singular values are the eigenvalues of R·Rᵀ, which is m × m.</summary>
    private static void AssertOptimumOf(SparseMatrix<double> ratings)
    {
        const double reg = 1;
        const int rank = 20;
        var dense = Dense(ratings);
        var squares = dense.TransposeAndMultiply(dense).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric)
            .EigenValues.Select(value => Math.Max(0, value.Real)).OrderDescending().ToArray();
        var expected = squares.Select((square, i) => i < rank ? (reg * Math.Sqrt(square)) - (reg * reg / 2) : square / 2).Sum();

        Assert.Equal(1, ClassicOptimum.Of(ratings, reg, rank, CancellationToken.None) / expected, 1e-12);
    }

    private static SparseMatrix<double> RandomRatings(int rows, int columns, double density)
    {
        var random = new Random(3);
        var cells =
            from i in Enumerable.Range(0, rows)
            from j in Enumerable.Range(0, columns)
            where random.NextDouble() < density
            select (i, j, random.Next(1, 11) / 2.0);
        return SparseMatrix<double>.FromCoordinates(rows, columns, cells.ToArray());
    }

    private static DenseMatrix Dense(SparseMatrix<double> ratings)
    {
        var filled = FillMissing(ratings, ColumnMeans(ratings));
        return DenseMatrix.Create(ratings.Rows, ratings.Columns, (i, j) => filled[i, j]);
    }
}
