using AutoGradMf.Samples.MovieLens;
using AutoGradMf.Samples.MovieLens.Optimum;
using AutoGradMf.Samples.MovieLens.Steps;
using AutoGradMf.Samples.MovieLens.Synthetic;
using MathNet.Numerics.LinearAlgebra.Double;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.Tests;

/// <summary>Balanced alternating solves, which the trainer takes by itself, end at the least value there is.</summary>
public sealed class AlternatingSolvesTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(10.0)]
    public void The_classic_loss_of_synthetic_ratings_reaches_its_optimum(double reg) => RequireOptimum(Synthetic(), reg);

    /// <summary>
    /// A ridge λ of 1.01 times a singular value leaves nothing of its feature, though an alternating solve shrinks it by a hundredth only; of a larger one λ less
    /// is left. A fit by the defaults finds that, in tens of iterations.
    /// </summary>
    [Theory]
    [InlineData(30, 20, 3)]
    [InlineData(30, 20, 20)]
    [InlineData(20, 30, 8)]
    [InlineData(100, 80, 8)]
    [InlineData(60, 300, 8)]
    [InlineData(300, 200, 3)]
    [InlineData(300, 200, 20)]
    public void Features_vanish_where_the_ridge_is_above_their_singular_values(int users, int movies, int rank)
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var ratings = RandomRatings(users, movies, seed);
            var values = Dense(FillMissing(ratings, ColumnMeans(ratings))).Svd(computeVectors: false).S;
            foreach (var vanishing in new[] { 0, 1, 2, rank / 2, rank - 1 }.Distinct())
            {
                var reg = 1.01 * values[vanishing];
                var result = new Losses.ClassicTrainer<double>(ratings, reg, rank).Fit(new() { Seed = seed });
                var found = (Dense(result.Model.U) * Dense(result.Model.M).Transpose()).Svd(computeVectors: false).S;

                var what = $"seed {seed}, ridge 1.01 s_{vanishing + 1}, {result.Iterations} iterations ({result.Reason})";
                var optimum = values.Select((s, i) => i < rank && s > reg ? (reg * s) - (reg * reg / 2) : s * s / 2).Sum();
                Assert.True(Math.Abs(result.Objective - optimum) < 1e-9 * optimum, $"It is {result.Objective:R}, and the optimum {optimum:R}: {what}.");
                Assert.True(found[vanishing] < 1e-8 * values[0], $"What is to vanish is {found[vanishing]}, and s_1 {values[0]}: {what}.");
                for (var i = 0; i < vanishing; i++)
                {
                    Assert.Equal(Math.Max(0, values[i] - reg), found[i], 1e-3 * values[0]);
                }
            }
        }
    }

    /// <summary>Features of singular values next to the ridge are found, however close to it, and wherever those of other features are.</summary>
    [Theory]
    [InlineData(30, 20, 8, 0.9)]
    [InlineData(30, 20, 20, 0.998)]
    [InlineData(25, 60, 3, 0.97)]
    [InlineData(80, 50, 8, 0.99)]
    public void Ridges_next_to_singular_values_leave_the_optimum(int users, int movies, int rank, double ratio)
    {
        var ratings = OfSingularValues(users, movies, ratio);
        var values = Dense(FillMissing(ratings, ColumnMeans(ratings))).Svd(computeVectors: false).S;
        foreach (var place in new[] { 0, 1, rank - 1 })
        {
            foreach (var distance in new[] { 1e-5, -1e-5, 1e-4, -1e-4, 1e-3, -1e-3 })
            {
                var reg = values[place] * (1 + distance);
                var result = new Losses.ClassicTrainer<double>(ratings, reg, rank).Fit();
                var optimum = values.Select((s, i) => i < rank && s > reg ? (reg * s) - (reg * reg / 2) : s * s / 2).Sum();
                Assert.True(
                    Math.Abs(result.Objective - optimum) < 1e-9 * optimum,
                    $"It is {result.Objective:R} after {result.Iterations} iterations ({result.Reason}), and the optimum {optimum:R}: ridge s_{place + 1} times 1 + {distance}.");
            }
        }
    }

    private static void RequireOptimum(SparseMatrix<double> ratings, double reg)
    {
        const int rank = 10;
        var optimum = ClassicOptimum.Of(ratings, reg, rank, CancellationToken.None);
        var result = new Losses.ClassicTrainer<double>(ratings, reg, rank).Fit();
        Assert.True(
            Math.Abs(result.Objective - optimum) < 1e-9 * optimum,
            $"It is {result.Objective:R} after {result.Iterations} iterations ({result.Reason}), and the optimum {optimum:R}.");
    }

    private static SparseMatrix<double> RandomRatings(int users, int movies, int seed)
    {
        var random = new Random(seed);
        var cells =
            from i in Enumerable.Range(0, users)
            from j in Enumerable.Range(0, movies)
            where random.NextDouble() < 0.3
            select (i, j, random.Next(1, 11) / 2.0);
        return SparseMatrix<double>.FromCoordinates(users, movies, cells.ToArray());
    }

    /// <summary>Ratings of all pairs, of which each singular value is <paramref name="ratio"/> of the one before.</summary>
    private static SparseMatrix<double> OfSingularValues(int users, int movies, double ratio)
    {
        var svd = DenseMatrix.CreateRandom(users, movies, new MathNet.Numerics.Distributions.Normal(0, 1, new Random(1))).Svd();
        var lengths = DenseMatrix.Create(users, movies, (i, j) => i == j ? 10 * Math.Pow(ratio, i) : 0);
        var ratings = svd.U * lengths * svd.VT;
        return SparseMatrix<double>.FromCoordinates(
            users, movies, [.. from i in Enumerable.Range(0, users) from j in Enumerable.Range(0, movies) select (i, j, ratings[i, j])]);
    }

    private static SparseMatrix<double> Synthetic() => RatingBlock.Cut(SyntheticRatings.Create(seed: 1).Matrix, users: 60, movies: 300, seed: 1);

    private static DenseMatrix Dense(Matrix<double> matrix) => DenseMatrix.Create(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j]);
}
