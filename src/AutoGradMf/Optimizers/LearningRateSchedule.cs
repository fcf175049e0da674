using System.Globalization;

namespace AutoGradMf.Optimizers;

/// <summary>How the learning rate of stochastic gradient changes from epoch to epoch.</summary>
/// <param name="At">The share of the first epoch's rate that an epoch has; epochs count from 0.</param>
public sealed record LearningRateSchedule(Func<int, double> At)
{
    private static readonly int[] Told = [0, 1, 10, 100];

    /// <summary>What it is in some epochs: of a function there is nothing else to tell it by.</summary>
    internal string Describe() => string.Join(", ", Told.Select(epoch => string.Create(CultureInfo.InvariantCulture, $"{At(epoch):R} in epoch {epoch}")));

    /// <summary>Always the same.</summary>
    public static LearningRateSchedule Constant { get; } = new(static _ => 1);

    /// <summary>1 / (1 + <paramref name="decay"/> · epoch): it sums to infinity, as convergence to a minimum needs (Robbins &amp; Monro, 1951).</summary>
    /// <param name="decay">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public static LearningRateSchedule Inverse(double decay) => double.IsFinite(decay) && decay >= 0
        ? new(epoch => 1 / (1 + (decay * epoch)))
        : throw new ArgumentOutOfRangeException(nameof(decay), decay, "A decay must be a finite number, 0 or more.");

    /// <summary><paramref name="factor"/> to the power of the epoch.</summary>
    /// <param name="factor">Above 0, and no more than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public static LearningRateSchedule Exponential(double factor) => factor is > 0 and <= 1
        ? new(epoch => Math.Pow(factor, epoch))
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor must be above 0 and no more than 1, for rates that do not grow.");
}
