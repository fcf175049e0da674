using System.Numerics;
using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>√(mean of (prediction − rating)²), in the units of the ratings.</summary>
public static class RootMeanSquareError
{
    /// <summary>The error of <paramref name="model"/> on the stored entries of <paramref name="test"/>.</summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="model">m users × n movies.</param>
    /// <param name="test">m × n; ratings that the model was not trained on.</param>
    /// <param name="range">Predictions are clipped to it; not clipped if null.</param>
    /// <param name="parallel">The most threads, and what cancels it; all processors if null. The number does not depend on them.</param>
    /// <exception cref="ArgumentException">The model and the ratings have different shapes, or there are no ratings.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Of<TElement>(IRatingModel model, SparseMatrix<TElement> test, RatingRange? range = null, ParallelOptions? parallel = null)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Math.Sqrt(PredictionErrors.Mean(model, test, range, parallel, static error => error * error));
}
