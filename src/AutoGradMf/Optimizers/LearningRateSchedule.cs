using System.Globalization;

namespace AutoGradMf.Optimizers;

/// <summary>How the learning rate of stochastic gradient changes from epoch to epoch.</summary>
/// <param name="At">The share of the rate that an epoch has, 0 or more; epochs count from 0. In one with the share 0, nothing moves.</param>
public sealed record LearningRateSchedule(Func<int, double> At)
{
    /// <summary>The shares of so many epochs are looked at where a schedule is given, and those of later ones when they begin.</summary>
    private const int LookedAt = 1000;

    /// <summary>The share of the rate that an epoch has, 0 or more; epochs count from 0. In one with the share 0, nothing moves.</summary>
    /// <exception cref="ArgumentException">A share in the first thousand epochs is negative, infinite or NaN.</exception>
    public Func<int, double> At { get; init => field = Required(value, nameof(At)); } = Required(At, nameof(At));

    /// <summary>The share of an epoch.</summary>
    /// <exception cref="InvalidOperationException">It is negative, infinite or NaN, or the schedule threw an exception.</exception>
    internal double ShareOf(int epoch)
    {
        string? wrong;
        try
        {
            wrong = FindWrong(At, epoch);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"The schedule of the learning rate has no share for epoch {epoch}: {error.Message} Give one for each epoch; that of {nameof(Table)} stays at its last.", error);
        }

        return wrong is null ? At(epoch) : throw new InvalidOperationException(wrong);
    }

    private static Func<int, double> Required(Func<int, double> at, string name)
    {
        ArgumentNullException.ThrowIfNull(at, name);
        return FindWrong(at) is { } wrong ? throw new ArgumentException(wrong, name) : at;
    }

    private static string? FindWrong(Func<int, double> at)
    {
        for (var epoch = 0; epoch < LookedAt; epoch++)
        {
            try
            {
                if (FindWrong(at, epoch) is { } wrong)
                {
                    return wrong;
                }
            }
            catch (Exception) when (epoch > 0)
            {
                // An array that ends, of which training may not come to the end.
                return null;
            }
        }

        return null;
    }

    private static string? FindWrong(Func<int, double> at, int epoch) => at(epoch) is var share && double.IsFinite(share) && share >= 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"The share of the learning rate is {share} in epoch {epoch}, and must be a finite number, 0 or more.");

    /// <summary>Always the same.</summary>
    public static LearningRateSchedule Constant { get; } = new(static _ => 1);

    /// <summary>The shares of the first epochs, and the last of them ever after.</summary>
    /// <param name="shares">One or more, each 0 or more; they are copied.</param>
    /// <exception cref="ArgumentException">There are none, or one is negative, infinite or NaN.</exception>
    public static LearningRateSchedule Table(params ReadOnlySpan<double> shares)
    {
        if (shares.IsEmpty)
        {
            throw new ArgumentException("A table of shares of the learning rate needs one at least.", nameof(shares));
        }

        var table = shares.ToArray();
        Func<int, double> at = epoch => table[Math.Min(epoch, table.Length - 1)];
        for (var epoch = 0; epoch < table.Length; epoch++)
        {
            if (FindWrong(at, epoch) is { } wrong)
            {
                throw new ArgumentException(wrong, nameof(shares));
            }
        }

        return new(at);
    }

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
