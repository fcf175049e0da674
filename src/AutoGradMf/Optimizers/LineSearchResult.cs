namespace AutoGradMf.Optimizers;

/// <summary>How a search along a line ended.</summary>
internal enum LineSearchOutcome
{
    /// <summary>The last trial is acceptable.</summary>
    Found,

    /// <summary>No step lowers the objective.</summary>
    NoDecrease,

    /// <summary>Every trial was NaN or infinite.</summary>
    NonFinite,

    /// <summary>The run was cancelled or is out of time.</summary>
    Interrupted,
}

/// <summary>How a search along a line ended, and its last trial.</summary>
internal readonly record struct LineSearchResult(LineSearchOutcome Outcome, double Step);
