namespace AutoGradMf.Optimizers;

/// <summary>How an iteration of an optimizer ended.</summary>
public enum IterationOutcome
{
    /// <summary>The point moved.</summary>
    Moved,

    /// <summary>No step lowers the objective.</summary>
    Stuck,

    /// <summary>The run was cancelled or is out of time.</summary>
    Interrupted,
}
