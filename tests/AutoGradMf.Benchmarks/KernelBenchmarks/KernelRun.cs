using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AutoGradMf.Benchmarks.KernelBenchmarks;

/// <summary>BenchmarkDotNet on the kernels, in this process: it knows no toolchain of this runtime.</summary>
internal static class KernelRun
{
    public static void Run(IEnumerable<string> arguments) => BenchmarkSwitcher
        .FromAssembly(typeof(KernelRun).Assembly)
        .Run([.. arguments], DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
}
