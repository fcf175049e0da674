namespace AutoGradMf.Training;

/// <summary>
/// Where and how often to save a run of training, so that it can go on after it was ended: bit for bit as if it had not been, with the
/// same loss, data, hyperparameters, optimizer, validation and instruction set. Several threads of <see cref="Optimizers.StochasticGradient{TElement}.IsLockFree"/> go on, too, but
/// repeat no bits.
/// </summary>
/// <remarks>
/// A checkpoint is written to a temporary file beside <see cref="Path"/> and renamed, so that whenever the process is killed, the file is
/// the last complete checkpoint. It holds a digest; a file that was cut short or altered is refused. It is also written when training stops
/// by a criterion, so that it can be continued with others, and when it is cancelled or out of time: within an iteration, or while
/// the model after it is measured, it is the one before that is saved. For that, a copy of the state of most runs is kept in memory after each iteration
/// (<see cref="Optimizers.OptimizerRun{TElement}.IsUnchangedByInterruption"/>), and of all runs before a measurement.
/// Where none can be written before training begins, it does not begin; where one cannot later, training goes on, a warning is logged, and
/// <see cref="TrainingResult{TModel}.CheckpointFailure"/> says why.
/// </remarks>
public sealed record Checkpoints
{
    /// <summary>Checkpoints in one file, each in place of the one before.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    public Checkpoints(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>After how many iterations to save; null, the default, for never by this.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int? EveryIterations
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(EveryIterations), value, "Checkpoints need at least 1 iteration between them.");
    }

    /// <summary>After how much time to save, at the end of an iteration; a minute unless told otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan Every
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Every), value, "The time between checkpoints must not be negative.");
    } = TimeSpan.FromMinutes(1);

    /// <summary>Whether to go on from the checkpoint if there is one, instead of beginning anew and overwriting it.</summary>
    public bool Resume { get; init; }
}
