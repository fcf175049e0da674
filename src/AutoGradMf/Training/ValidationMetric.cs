using System.Numerics;
using AutoGradMf.Evaluation;
using AutoGradMf.Models;

namespace AutoGradMf.Training;

/// <summary>A number that says how good a model is.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <param name="Name">For people.</param>
/// <param name="Measure">The number. It must not keep the model, whose factors change as training goes on.</param>
/// <param name="HigherIsBetter">Whether it is a gain, such as a recall, and not an error.</param>
public sealed record ValidationMetric<TElement>(string Name, Func<Model<TElement>, double> Measure, bool HigherIsBetter = false)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary><see cref="Evaluation.RootMeanSquareError"/> on ratings that are not trained on.</summary>
    /// <param name="ratings">m users × n movies.</param>
    /// <param name="range">Predictions are clipped to it; not clipped if null.</param>
    public static ValidationMetric<TElement> RootMeanSquareError(SparseMatrix<TElement> ratings, RatingRange? range = null) =>
        new("RMSE", model => Evaluation.RootMeanSquareError.Of(Ratings(model), ratings, range));

    /// <summary><see cref="Evaluation.MeanAbsoluteError"/> on ratings that are not trained on.</summary>
    /// <param name="ratings">m users × n movies.</param>
    /// <param name="range">Predictions are clipped to it; not clipped if null.</param>
    public static ValidationMetric<TElement> MeanAbsoluteError(SparseMatrix<TElement> ratings, RatingRange? range = null) =>
        new("MAE", model => Evaluation.MeanAbsoluteError.Of(Ratings(model), ratings, range));

    private static IRatingModel Ratings(Model<TElement> model) => model as IRatingModel ?? throw new ArgumentException(
        $"{model.GetType().Name} predicts no ratings: mark what predicts them in the loss with [Prediction], or measure something else.", nameof(model));
}
