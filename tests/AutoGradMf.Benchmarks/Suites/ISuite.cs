using AutoGradMf.Benchmarks.Reporting;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>What to measure with.</summary>
/// <param name="Threads">Threads to compute on.</param>
/// <param name="Rank">Latent features.</param>
internal sealed record SuiteOptions(int Threads, int Rank);

/// <summary>Measurements that belong together, each beside a baseline in the same process.</summary>
internal interface ISuite
{
    string Name { get; }

    /// <summary>Whether README's table shows it.</summary>
    bool IsInReadme => true;

    IEnumerable<ResultRow> Run(SuiteOptions options);
}
