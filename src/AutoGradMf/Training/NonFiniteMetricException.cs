using System.Globalization;
using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Training;

/// <summary>The metric that decides which model is the best is NaN or infinite, so that no model is better than another.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class NonFiniteMetricException<TElement> : ArithmeticException
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal NonFiniteMetricException(string metric, double value, int iteration, Parameters<TElement>? best)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The validation metric {metric} is {value} {(iteration == 0 ? "at the start" : $"after iteration {iteration}")}, and must be a finite number. Likely cause: the validation data are empty or not finite, or the metric divides by what can be zero; check both.")) =>
        (Metric, Iteration, Best) = (metric, iteration, best);

    /// <summary>The name of the metric.</summary>
    public string Metric { get; }

    /// <summary>The iteration after which it was measured; 0 for the start.</summary>
    public int Iteration { get; }

    /// <summary>The parameters of the best model before, or null if it is the first that was measured.</summary>
    public Parameters<TElement>? Best { get; }
}
