using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// What every optimizer promises on generated objectives: factors of rows and factors that all rows share, sampled and over all pairs, with
/// bounds, norms and kinks.
/// </summary>
[Collection(nameof(AllocationTests))]
public class OptimizerContractTests
{
    private static readonly string[] Chosen =
    [
        "SquaredError.Biased", "SquaredError.ThreeFactors", "SquaredError.Ridged", "AllPairs.TriFactor", "Counts.Poisson", "Robust.HuberError",
        "Regularizers.ElasticNet", "Bounded.NonNegative", "AllPairs.Symmetric",
    ];

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(Chosen);

    public static TheoryData<string, string> PairsWithSettings => EveryOptimizer.With(Chosen, EveryOptimizer.WithSettings<double>());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_number_of_threads_changes_no_bit(string loss, string optimizer)
    {
        OptimizerContract.RequireBitsOfOneThread(EveryOptimizer.Of<double>()[optimizer], new SyntheticPoint<double>(600, 500, 8, 20_000).Objective(loss));
        OptimizerContract.RequireBitsOfOneThread(EveryOptimizer.Of<float>()[optimizer], new SyntheticPoint<float>(600, 500, 8, 20_000).Objective(loss));
    }

    [Theory]
    [MemberData(nameof(PairsWithSettings))]
    public void A_warm_iteration_allocates_nothing(string loss, string optimizer)
    {
        OptimizerContract.RequireNoAllocation(EveryOptimizer.WithSettings<float>()[optimizer], new SyntheticPoint<float>(150, 120, 9, 9000).Objective(loss));
        OptimizerContract.RequireNoAllocation(EveryOptimizer.WithSettings<double>()[optimizer], new SyntheticPoint<double>(150, 120, 9, 9000).Objective(loss));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Cancelled_it_returns_the_best_point_so_far_and_before_the_start_the_start(string loss, string optimizer)
    {
        var objective = new SyntheticPoint<double>(60, 50, 5, 900).Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        using var source = new CancellationTokenSource();
        var least = double.PositiveInfinity;

        var result = EveryOptimizer.Of<double>()[optimizer].Minimize(objective, start, new() { MaxIterations = 50 }, progress: new ProgressWatch(p =>
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
}
