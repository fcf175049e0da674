using System.Numerics;
using static System.FormattableString;

namespace AutoGradMf.Training;

/// <summary>
/// Metrics of the model while it is trained, of that at the start as well. The best model by the first of them is kept, and training stops when it
/// gets no better, with a <see cref="NonFiniteMetricException{TElement}"/> when that metric is NaN or infinite.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed record Validation<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Metrics, the decisive one first.</summary>
    /// <param name="metrics">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or one of them is null.</exception>
    public Validation(params ReadOnlySpan<ValidationMetric<TElement>> metrics)
    {
        if (metrics.IsEmpty)
        {
            throw new ArgumentException("A validation needs a metric that decides which model is the best.", nameof(metrics));
        }

        foreach (var metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric, nameof(metrics));
        }

        Metrics = metrics.ToArray();
    }

    /// <summary>The metrics, the decisive one first.</summary>
    public IReadOnlyList<ValidationMetric<TElement>> Metrics { get; }

    /// <summary>Training stops when so many measurements in a row were no better than the best; 5 unless told otherwise. One that equals it at a lower objective is better.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Patience
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Patience));
            field = value;
        }
    } = 5;

    /// <summary>After how many iterations to measure; after each unless told otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int EveryIterations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(EveryIterations));
            field = value;
        }
    } = 1;

    /// <summary>A line for each thing that decides which model is the best; patience, as other criteria of stopping, may be another where training goes on.</summary>
    internal string Describe()
    {
        var decisive = Metrics[0];
        return string.Join('\n', [
            $"a validation by {decisive.Name} ({(decisive.HigherIsBetter ? "higher" : "lower")} is better)",
            $"a validation on {decisive.Fingerprint?.Invoke() ?? "data without a fingerprint"}",
            Invariant($"a validation of {nameof(EveryIterations)} {EveryIterations}")]);
    }
}
