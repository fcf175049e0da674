using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>What a run returns is the best that it reported, where iterates rise, too: by rounding, as in float, and at kinks.</summary>
public sealed class BestPointTests : IDisposable
{
    private static readonly string[] Chosen =
    [
        "SquaredError.Biased", "SquaredError.ThreeFactors", "AllPairs.Symmetric", "Counts.Poisson", "Regularizers.ElasticNet",
        "Bounded.NonNegative", "Robust.AbsoluteError", "Ranking.Bpr",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("best").FullName;

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(Chosen);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_run_that_ends_returns_it(string loss, string optimizer)
    {
        var objective = new SyntheticPoint<float>(12, 10, 2, 90).Objective(loss);
        var least = double.PositiveInfinity;

        var result = Fit(objective, optimizer, 300, progress: new ProgressWatch(p => least = Math.Min(least, p.Objective)));

        var value = objective.Value(result.Model.Parameters, objective.CreateWorkspace());
        Assert.Equal(least, result.Objective);
        Assert.Equal(least, value, 1e-6 * Math.Abs(least));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_run_that_is_resumed_returns_that_of_the_whole_run(string loss, string optimizer)
    {
        var objective = new SyntheticPoint<float>(12, 10, 2, 90).Objective(loss);
        var whole = Fit(objective, optimizer, 300);
        var checkpoints = new Checkpoints(Path.Combine(_folder, "run.checkpoint")) { Resume = true };
        Fit(objective, optimizer, Math.Max(1, whole.Iterations - 1), checkpoints);

        var resumed = Fit(objective, optimizer, 300, checkpoints);

        Assert.Equal((whole.Objective, whole.GradientNorm), (resumed.Objective, resumed.GradientNorm));
        Assert.Equal(whole.Iterations, resumed.Iterations);
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
    }

    private static TrainingResult<FactorModel<float>> Fit(
        IObjective<float> objective, string optimizer, int iterations, Checkpoints? checkpoints = null, ProgressWatch? progress = null) =>
        new ObjectiveTrainer<float>(objective).Fit(
            new()
            {
                Optimizer = EveryOptimizer.Of<float>()[optimizer],
                Initialization = new WarmStart<float>(SyntheticPoint<float>.Start(objective)),
                Checkpoints = checkpoints,
                Stopping = new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
            },
            progress);
}
