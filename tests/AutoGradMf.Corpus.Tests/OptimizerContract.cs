using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>What holds of any optimizer on any objective that it takes.</summary>
internal static class OptimizerContract
{
    private const int WarmUps = 12;
    private const int RoundsBesideTestHost = 200;

    /// <summary>Work is cut by the data, here into several chunks and blocks; what all rows share (μ, S) is put together in the order of the blocks.</summary>
    public static void RequireBitsOfOneThread<TElement>(IOptimizer<TElement> optimizer, IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement[] Reached(int threads)
        {
            using var workers = new Workers(threads);
            return optimizer.Minimize(objective, SyntheticPoint<TElement>.Start(objective), new() { MaxIterations = 2 }, workers).Parameters.Values.ToArray();
        }

        var expected = Reached(1);
        Assert.NotEqual(SyntheticPoint<TElement>.Start(objective).Values.ToArray(), expected);
        Assert.All(expected, number => Assert.True(TElement.IsFinite(number)));
        Assert.All([2, 3, 5], threads => Assert.Equal(expected, Reached(threads)));
    }

    public static void RequireNoAllocation(IOptimizer<float> optimizer, IObjective<float> objective)
    {
        using var workers = new Workers(3);
        var run = optimizer.Begin(objective, SyntheticPoint<float>.Start(objective), workers);
        var monitor = new StoppingMonitor(new(), null, CancellationToken.None);
        for (var warm = 0; warm < WarmUps; warm++)
        {
            run.Iterate(monitor);
        }

        // Threads of the test host may allocate meanwhile, but not in every round, as an iteration that allocates would.
        var allocated = long.MaxValue;
        for (var round = 0; allocated > 0 && round < RoundsBesideTestHost; round++)
        {
            var total = GC.GetTotalAllocatedBytes(precise: true);
            run.Iterate(monitor);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - total;
        }

        Assert.Equal(0, allocated);
    }
}
