using System.Runtime.InteropServices;
using AutoGradMf.Kernels;
using BenchmarkDotNet.Attributes;

namespace AutoGradMf.Benchmarks.KernelBenchmarks;

/// <summary>Exponentials of four thousand floats in the cache, beside their scalar reference.</summary>
public class ExponentialKernels
{
    private readonly float[] _numbers = new float[4_096];
    private readonly float[] _exponentials = new float[4_096];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        foreach (ref var number in _numbers.AsSpan())
        {
            number = (20 * random.NextSingle()) - 10;
        }
    }

    [Benchmark(Baseline = true)]
    public void Reference() => Compute<ScalarLane<float>>();

    [Benchmark]
    public void Register() => Compute<VectorLane<float>>();

    [Benchmark]
    public void WideRegister() => Compute<WideLane<float>>();

    private void Compute<TLane>()
        where TLane : struct, ILane<TLane>
    {
        var from = MemoryMarshal.Cast<float, TLane>(_numbers.AsSpan());
        var into = MemoryMarshal.Cast<float, TLane>(_exponentials.AsSpan());
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = TLane.Exp(from[i]);
        }
    }
}
