namespace AutoGradMf.Benchmarks.Reporting;

/// <summary>One measurement: what was run at which size, how long it took, and how that compares.</summary>
/// <param name="Suite">The suite it belongs to.</param>
/// <param name="Case">What was measured.</param>
/// <param name="M">Rows; null where there are none.</param>
/// <param name="N">Columns; null where there are none.</param>
/// <param name="Nnz">Stored entries; null where there are none.</param>
/// <param name="K">Latent features; null where there are none.</param>
/// <param name="Precision">float or double; null where there is none.</param>
/// <param name="Threads">Threads it ran on.</param>
/// <param name="Implementation">Whose code ran.</param>
/// <param name="MedianMilliseconds">The median of the runs.</param>
/// <param name="MinimumMilliseconds">The fastest run.</param>
/// <param name="Ratio">Its minimum over that of the baseline; 1 for the baseline.</param>
/// <param name="Baseline">The implementation that <paramref name="Ratio"/> compares with.</param>
/// <param name="Figure">What the fastest run comes to in units of its own, such as updates a second, or what it reached; null where the time says all.</param>
internal sealed record ResultRow(
    string Suite,
    string Case,
    int? M,
    int? N,
    long? Nnz,
    int? K,
    string? Precision,
    int Threads,
    string Implementation,
    double MedianMilliseconds,
    double MinimumMilliseconds,
    double Ratio,
    string Baseline,
    string? Figure = null);
