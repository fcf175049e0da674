using System.Numerics;
using AutoGradMf.Evaluation;
using AutoGradMf.Models;
using static System.FormattableString;

namespace AutoGradMf.Training;

/// <summary>A number that says how good a model is.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <param name="Name">For people.</param>
/// <param name="Measure">The number. It must not keep the model, whose factors change as training goes on.</param>
/// <param name="HigherIsBetter">Whether it is a gain, such as a recall, and not an error.</param>
public sealed record ValidationMetric<TElement>(string Name, Func<Model<TElement>, double> Measure, bool HigherIsBetter = false)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>For people.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string Name { get; init => field = Required(value, nameof(Name)); } = Required(Name, nameof(Name));

    /// <summary>The number. It must not keep the model, whose factors change as training goes on.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Func<Model<TElement>, double> Measure
    {
        get;
        init
        {
            field = Required(value, nameof(Measure));

            // Of a copy that measures something else.
            MeasureWithin = null;
        }
    } = Required(Measure, nameof(Measure));

    /// <summary>The same number, by some threads, and cancellable; null if the metric is the user's.</summary>
    internal Func<Model<TElement>, ParallelOptions, double>? MeasureWithin { get; private init; }

    /// <summary>
    /// A text that is another for other data that it measures on, computed where training is saved: a checkpoint is not resumed with another. If null,
    /// only <see cref="Name"/> and <see cref="HigherIsBetter"/> are compared, and whoever resumes has to bring the same data.
    /// </summary>
    public Func<string>? Fingerprint { get; init; }

    /// <summary><see cref="Evaluation.RootMeanSquareError"/> on ratings that are not trained on.</summary>
    /// <param name="ratings">m users × n movies.</param>
    /// <param name="range">Predictions are clipped to it; not clipped if null.</param>
    public static ValidationMetric<TElement> RootMeanSquareError(SparseMatrix<TElement> ratings, RatingRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return Of("RMSE", (model, parallel) => Evaluation.RootMeanSquareError.Of(model, ratings, range, parallel), () => Describe(ratings, range));
    }

    /// <summary><see cref="Evaluation.MeanAbsoluteError"/> on ratings that are not trained on.</summary>
    /// <param name="ratings">m users × n movies.</param>
    /// <param name="range">Predictions are clipped to it; not clipped if null.</param>
    public static ValidationMetric<TElement> MeanAbsoluteError(SparseMatrix<TElement> ratings, RatingRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return Of("MAE", (model, parallel) => Evaluation.MeanAbsoluteError.Of(model, ratings, range, parallel), () => Describe(ratings, range));
    }

    /// <summary><see cref="Evaluation.Recall"/>@<paramref name="count"/> of what is not trained on.</summary>
    /// <param name="relevant">m × n: which movies each user should find.</param>
    /// <param name="seen">m × n: which movies are not ranked for a user, such as those that are trained on.</param>
    /// <param name="count">The length of the lists.</param>
    public static ValidationMetric<TElement> Recall(SparsePattern relevant, SparsePattern seen, int count)
    {
        ArgumentNullException.ThrowIfNull(relevant);
        ArgumentNullException.ThrowIfNull(seen);
        return Of(
            Invariant($"Recall@{count}"), (model, parallel) => Evaluation.Recall.Of(model, relevant, seen, count, parallel), () => Describe(relevant, seen), higherIsBetter: true);
    }

    /// <summary><see cref="Evaluation.NormalizedDiscountedCumulativeGain"/>@<paramref name="count"/> of what is not trained on.</summary>
    /// <inheritdoc cref="Recall"/>
    public static ValidationMetric<TElement> NormalizedDiscountedCumulativeGain(SparsePattern relevant, SparsePattern seen, int count)
    {
        ArgumentNullException.ThrowIfNull(relevant);
        ArgumentNullException.ThrowIfNull(seen);
        return Of(
            Invariant($"NDCG@{count}"),
            (model, parallel) => Evaluation.NormalizedDiscountedCumulativeGain.Of(model, relevant, seen, count, parallel),
            () => Describe(relevant, seen),
            higherIsBetter: true);
    }

    private static ValidationMetric<TElement> Of(
        string name, Func<IRatingModel, ParallelOptions?, double> measure, Func<string> fingerprint, bool higherIsBetter = false) =>
        new(name, model => measure(Ratings(model), null), higherIsBetter)
        {
            MeasureWithin = (model, parallel) => measure(Ratings(model), parallel),
            Fingerprint = fingerprint,
        };

    private static T Required<T>(T value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    private static string Describe(SparseMatrix<TElement> ratings, RatingRange? range) =>
        range is null ? DataFingerprint.Of(ratings) : Invariant($"{DataFingerprint.Of(ratings)}, clipped to {range.Minimum} … {range.Maximum}");

    private static string Describe(SparsePattern relevant, SparsePattern seen) => $"{DataFingerprint.Of(relevant)}, but {DataFingerprint.Of(seen)}";

    private static IRatingModel Ratings(Model<TElement> model) => model as IRatingModel ?? throw new ArgumentException(
        $"{model.GetType().Name} predicts no ratings: mark what predicts them in the loss with [Prediction], or measure something else.", nameof(model));
}
