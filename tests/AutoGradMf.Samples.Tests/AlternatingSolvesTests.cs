using AutoGradMf.Optimizers;
using AutoGradMf.Samples.MovieLens;
using AutoGradMf.Samples.MovieLens.Optimum;
using AutoGradMf.Samples.MovieLens.Steps;
using AutoGradMf.Samples.MovieLens.Synthetic;
using AutoGradMf.Training;
using MathNet.Numerics.LinearAlgebra.Double;
using Xunit;

namespace AutoGradMf.Samples.Tests;

/// <summary>Balanced alternating solves, which the trainer takes by itself, end at the least value there is.</summary>
public sealed class AlternatingSolvesTests
{
    private static readonly StoppingCriteria ToTheEnd = new() { MaxIterations = 2500, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-12 };

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(10.0)]
    public void The_classic_loss_of_synthetic_ratings_reaches_its_optimum(double reg) => RequireOptimum(Synthetic(), reg);

    /// <summary>A ridge above a singular value of the ratings leaves nothing of its factor.</summary>
    [Fact]
    public void A_factor_vanishes_where_the_ridge_is_above_its_singular_value()
    {
        const int rank = 8, kept = 3;
        var ratings = Synthetic();
        var (values, _) = LanczosBidiagonalization.LargestSingularValues(new FilledRatings(ratings), rank, CancellationToken.None);
        var model = Fit(ratings, 1.01 * values[kept], rank).Model;

        var product = Dense(model.U) * Dense(model.M).Transpose();
        var found = product.Svd(computeVectors: false).S;
        Assert.True(found[kept - 1] > 0.1 * (values[kept - 1] - values[kept]), $"The last factor that stays is {found[kept - 1]}.");
        Assert.True(found[kept] < 1e-8 * values[0], $"The first factor that vanishes is {found[kept]}, and s_1 {values[0]}.");
    }

    private static void RequireOptimum(SparseMatrix<double> ratings, double reg)
    {
        const int rank = 10;
        var optimum = ClassicOptimum.Of(ratings, reg, rank, CancellationToken.None);
        var result = Fit(ratings, reg, rank);
        Assert.True(
            Math.Abs(result.Objective - optimum) < 1e-9 * optimum,
            $"It is {result.Objective:R} after {result.Iterations} iterations ({result.Reason}), and the optimum {optimum:R}.");
    }

    private static TrainingResult<Losses.ClassicModel<double>> Fit(SparseMatrix<double> ratings, double reg, int rank) =>
        new Losses.ClassicTrainer<double>(ratings, reg, rank).Fit(new() { Stopping = ToTheEnd });

    private static SparseMatrix<double> Synthetic() => RatingBlock.Cut(SyntheticRatings.Create(seed: 1).Matrix, users: 60, movies: 300, seed: 1);

    private static DenseMatrix Dense(Matrix<double> matrix) => DenseMatrix.Create(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j]);
}
