namespace AutoGradMf.Optimizers;

/// <summary>How an iteration of an optimizer ended.</summary>
/// <param name="Outcome">Whether the point moved.</param>
/// <param name="Step">The step length along the iteration's direction, where it did.</param>
public readonly record struct Iteration(IterationOutcome Outcome, double Step)
{
    /// <summary>How often it was undone and repeated with half the step before.</summary>
    public int Repetitions { get; init; }

    /// <summary>No step lowers the objective.</summary>
    public static Iteration Stuck => new(IterationOutcome.Stuck, 0);

    /// <summary>The point moved to where the objective or its gradient is NaN or infinite, as at every step that was tried: the run ends.</summary>
    public static Iteration NonFinite => new(IterationOutcome.Moved, double.NaN);

    /// <summary>Broken off; the point is the one before, or one that is not worse.</summary>
    public static Iteration Interrupted => new(IterationOutcome.Interrupted, 0);

    /// <summary>The point moved.</summary>
    /// <param name="step">The step length.</param>
    public static Iteration Moved(double step) => new(IterationOutcome.Moved, step);
}
