using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// What every optimizer promises on generated objectives: factors of rows and factors that all rows share, sampled and over all pairs, with
/// bounds, norms and kinks.
/// </summary>
[Collection(nameof(AllocationTests))]
public class OptimizerContractTests
{
    private const int WarmUps = 12;
    private const int RoundsBesideTestHost = 200;

    private static readonly string[] Chosen =
    [
        "SquaredError.Biased", "SquaredError.ThreeFactors", "SquaredError.Ridged", "AllPairs.TriFactor", "Counts.Poisson", "Robust.HuberError",
        "Regularizers.ElasticNet", "Bounded.NonNegative",
    ];

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(Chosen);

    /// <summary>Work is cut by the data, here into several chunks and blocks; what all rows share (μ, S) is put together in the order of the blocks.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_number_of_threads_changes_no_bit(string loss, string optimizer)
    {
        RequireSameBits<double>(loss, optimizer);
        RequireSameBits<float>(loss, optimizer);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_warm_iteration_allocates_nothing(string loss, string optimizer)
    {
        var objective = new SyntheticPoint<float>(150, 120, 9, 9000).Objective(loss);
        using var workers = new Workers(3);
        var run = EveryOptimizer.Of<float>()[optimizer].Begin(objective, SyntheticPoint<float>.Start(objective), workers);
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

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Cancelled_it_returns_the_best_point_so_far_and_before_the_start_the_start(string loss, string optimizer)
    {
        var objective = new SyntheticPoint<double>(60, 50, 5, 900).Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        using var source = new CancellationTokenSource();
        var least = double.PositiveInfinity;

        var result = EveryOptimizer.Of<double>()[optimizer].Minimize(objective, start, new() { MaxIterations = 50 }, progress: new Watch(p =>
        {
            least = Math.Min(least, p.Objective);
            if (p.Iteration == 3)
            {
                source.Cancel();
            }
        }), cancellationToken: source.Token);

        Assert.Equal((StoppingReason.Cancelled, 3), (result.Reason, result.Iterations));
        Assert.Equal(least, result.Objective);
        Assert.Equal(result.Objective, objective.Value(result.Parameters, objective.CreateWorkspace()), 1e-9 * Math.Abs(result.Objective));

        var unmoved = EveryOptimizer.Of<double>()[optimizer].Minimize(objective, start, cancellationToken: source.Token);
        Assert.Equal((StoppingReason.Cancelled, 0), (unmoved.Reason, unmoved.Iterations));
        Assert.Equal(start.Values.ToArray(), unmoved.Parameters.Values.ToArray());
    }

    private static void RequireSameBits<TElement>(string loss, string optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = new SyntheticPoint<TElement>(600, 500, 8, 20_000).Objective(loss);
        TElement[] Reached(int threads)
        {
            using var workers = new Workers(threads);
            return EveryOptimizer.Of<TElement>()[optimizer].Minimize(objective, SyntheticPoint<TElement>.Start(objective), new() { MaxIterations = 2 }, workers).Parameters.Values.ToArray();
        }

        var expected = Reached(1);
        Assert.NotEqual(SyntheticPoint<TElement>.Start(objective).Values.ToArray(), expected);
        Assert.All(expected, number => Assert.True(TElement.IsFinite(number)));
        Assert.All([2, 3, 5], threads => Assert.Equal(expected, Reached(threads)));
    }

    private sealed class Watch(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
