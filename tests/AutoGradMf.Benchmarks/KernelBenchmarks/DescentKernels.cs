using AutoGradMf.Benchmarks.Descent;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Kernels;
using BenchmarkDotNet.Attributes;

namespace AutoGradMf.Benchmarks.KernelBenchmarks;

/// <summary>An epoch of stochastic gradient over a million ratings in the cache, on one thread.</summary>
public class DescentKernels
{
    private static readonly Workers One = new(1);
    private DescentCase _case = null!;

    /// <summary>Latent features.</summary>
    [Params(8, 20, 32, 64, 128, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Prepare() => _case = new(new RatingSize("in cache", 2_048, 2_048, 1_000_000), K, One);

    [Benchmark(Baseline = true)]
    public void Straightforward() => _case.Straightforward();

    [Benchmark]
    public void Generated() => _case.Generated(One);

    [Benchmark]
    public void GeneratedAdaptive() => _case.GeneratedAdaptive(One);

    [Benchmark]
    public void GeneratedBiased() => _case.GeneratedBiased(One);
}
