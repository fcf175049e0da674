namespace AutoGradMf.Optimizers;

/// <summary>When an optimizer stops: at the first criterion that is met.</summary>
public sealed record StoppingCriteria
{
    /// <summary>Most iterations; 1000 unless told otherwise. With 0 the start is evaluated and returned.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int MaxIterations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxIterations));
            field = value;
        }
    } = 1000;

    /// <summary>
    /// Stop when the last <see cref="Window"/> iterations <em>together</em> lowered the objective f by no more than this times |f|;
    /// 1e-10 unless told otherwise, and 0 for never. One short step among long ones does not end a run. Where samples are drawn anew for each epoch,
    /// what another draw would change the objective by is a small decrease, too.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public double RelativeObjectiveTolerance
    {
        get;
        init => field = Tolerance(value, nameof(RelativeObjectiveTolerance));
    } = 1e-10;

    /// <summary>
    /// Over how many iterations a decrease is measured; 10 unless told otherwise. A run that does not lower the objective at all
    /// in so many iterations ends with <see cref="StoppingReason.NoFurtherProgress"/>, whatever the tolerances.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Window
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Window));
            field = value;
        }
    } = 10;

    /// <summary>
    /// Stop when the Euclidean norm of the gradient is at most this times its norm at the start; 1e-8 unless told otherwise, and 0
    /// for a gradient that is exactly zero.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public double GradientTolerance
    {
        get;
        init => field = Tolerance(value, nameof(GradientTolerance));
    } = 1e-8;

    /// <summary>Most wall-clock time, looked at between evaluations and while the library's metrics are measured; without end if null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan? MaxTime
    {
        get;
        init
        {
            if (value < TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(MaxTime), value, "A time limit must not be negative.");
            }

            field = value;
        }
    }

    private static double Tolerance(double value, string name) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "A tolerance must be a finite number, 0 or more.");
}
