using AutoGradMf.Benchmarks.Reporting;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>What to measure with.</summary>
/// <param name="Threads">Threads to compute on.</param>
/// <param name="Rank">Latent features.</param>
/// <param name="IsLarge">Whether the sizes that take longer than a minute are measured, too.</param>
internal sealed record SuiteOptions(int Threads, int Rank, bool IsLarge)
{
    /// <summary>One thread, and all of them.</summary>
    public IReadOnlyList<int> ThreadCounts => Threads == 1 ? [1] : [1, Threads];
}

/// <summary>Measurements that belong together, each beside a baseline in the same process.</summary>
internal interface ISuite
{
    string Name { get; }

    /// <summary>Whether README's table shows it.</summary>
    bool IsInReadme => true;

    IEnumerable<ResultRow> Run(SuiteOptions options);
}
