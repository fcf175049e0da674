namespace AutoGradMf.Optimizers;

/// <summary>How the learning rate of stochastic gradient changes from epoch to epoch.</summary>
/// <param name="At">The share of the first epoch's rate that an epoch has; epochs count from 0.</param>
public sealed record LearningRateSchedule(Func<int, double> At)
{
    /// <summary>Always the same.</summary>
    public static LearningRateSchedule Constant { get; } = new(static _ => 1);

    /// <summary>1 / (1 + <paramref name="decay"/> · epoch): it sums to infinity, as convergence to a minimum needs (Robbins &amp; Monro, 1951).</summary>
    public static LearningRateSchedule Inverse(double decay) => new(epoch => 1 / (1 + (decay * epoch)));

    /// <summary><paramref name="factor"/> to the power of the epoch.</summary>
    public static LearningRateSchedule Exponential(double factor) => new(epoch => Math.Pow(factor, epoch));
}
