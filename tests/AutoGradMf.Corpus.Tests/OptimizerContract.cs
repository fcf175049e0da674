using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
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

    /// <summary>Training that is reported, and kept for a checkpoint, allocates nothing from one report to the next.</summary>
    public static void RequireNoAllocation<TElement>(IOptimizer<TElement> optimizer, IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (before, least) = (0L, long.MaxValue);
        using var done = new CancellationTokenSource();
        var folder = Directory.CreateTempSubdirectory("allocation");
        try
        {
            new ObjectiveTrainer<TElement>(objective).Fit(
                new()
                {
                    Optimizer = optimizer,
                    Initialization = new WarmStart<TElement>(SyntheticPoint<TElement>.Start(objective)),
                    Threads = 3,
                    Checkpoints = new(Path.Combine(folder.FullName, "run.checkpoint")) { Every = TimeSpan.FromHours(1) },
                    Stopping = new() { MaxIterations = WarmUps + RoundsBesideTestHost, RelativeObjectiveTolerance = 0, GradientTolerance = 0, Window = WarmUps },
                },
                new ProgressWatch(Measure),
                done.Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(0, least);

        // Threads of the test host may allocate meanwhile, but not in every round, as an iteration that allocates would.
        void Measure(TrainingProgress progress)
        {
            var total = GC.GetTotalAllocatedBytes(precise: true);
            least = progress.Iteration > WarmUps ? Math.Min(least, total - before) : least;
            if (least == 0)
            {
                done.Cancel();
            }

            before = GC.GetTotalAllocatedBytes(precise: true);
        }
    }
}
