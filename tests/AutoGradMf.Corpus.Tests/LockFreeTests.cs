using System.Numerics;
using AutoGradMf.Data;
using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Stochastic gradient whose threads do not wait for each other: it comes as low as the one whose bits are repeated, and has all that training offers but that.
/// </summary>
public sealed class LockFreeTests : IDisposable
{
    private const int Epochs = 12;
    private readonly string _folder = Directory.CreateTempSubdirectory("lockfree").FullName;

    /// <summary>Without those that are other ways to write the same.</summary>
    public static TheoryData<string> Losses => [.. StochasticGradientTests.Accepted.Where(loss => !loss.StartsWith(nameof(Rewritten), StringComparison.Ordinal))];

    private Checkpoints Checkpoints => new(Path.Combine(_folder, "run.checkpoint")) { Resume = true };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Of what repeatable epochs lower the objective by, its epochs do all but a tenth.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void The_objective_never_rises_and_falls_as_far(string loss)
    {
        RequireFall<double>(loss, new());
        RequireFall<float>(loss, new());
        RequireFall<double>(loss, new() { Momentum = 0.5, Schedule = LearningRateSchedule.Inverse(0.1) });
        RequireFall<float>(loss, new() { IsAdaptive = false, LearningRate = 2e-3, Momentum = 0.5 });
    }

    [Fact]
    public void So_it_does_on_triples_that_are_drawn_anew()
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 4);
        RequireFall(new Penalized.BprObjective<double>(triples.Users, triples.Rated, triples.Unrated, 0.1, ratings.Rows, ratings.Columns, rank: 3), new() { Momentum = 0.5 });
    }

    [Fact]
    public void One_thread_repeats_its_bits_also_when_it_is_resumed()
    {
        var whole = Fit(Epochs, threads: 1);
        Fit(5, threads: 1, Checkpoints);
        var resumed = Fit(Epochs, threads: 1, Checkpoints);

        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
        Assert.Equal((whole.Objective, whole.Iterations, whole.Reason), (resumed.Objective, resumed.Iterations, resumed.Reason));
    }

    [Fact]
    public void Several_threads_go_on_from_where_they_were_and_not_in_the_other_mode()
    {
        var part = Fit(5, threads: 4, Checkpoints);
        var resumed = Fit(Epochs, threads: 4, Checkpoints);

        Assert.Equal((5, Epochs), (part.Iterations, resumed.Iterations));
        Assert.True(resumed.Objective < part.Objective);
        var error = Assert.Throws<CheckpointException>(() => Fit(Epochs, threads: 4, Checkpoints, isLockFree: false));
        Assert.Contains("it was written by stochastic gradient with IsLockFree True, and has IsLockFree False here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patience_ends_it_and_the_best_model_is_returned()
    {
        var scores = new List<(double Score, double[] Point)>();
        var metric = new ValidationMetric<double>("of an element", model =>
        {
            scores.Add((Math.Abs(model.Parameters.Values[0] - 0.2), model.Parameters.Values.ToArray()));
            return scores[^1].Score;
        });

        var result = Fit(200, threads: 4, validation: new(metric) { Patience = 4 });

        Assert.Equal(StoppingReason.Validation, result.Reason);
        Assert.Equal(scores.Count - 1 - 4, scores.Index().MinBy(s => s.Item.Score).Index);
        Assert.Equal(scores.MinBy(s => s.Score).Point, result.Model.Parameters.Values.ToArray());
    }

    private static TrainingResult<FactorModel<double>> Fit(
        int epochs, int threads, Checkpoints? checkpoints = null, Validation<double>? validation = null, bool isLockFree = true) =>
        new ObjectiveTrainer<double>(Large<double>().Objective("SquaredError.Biased")).Fit(new()
        {
            Optimizer = new StochasticGradient<double> { IsLockFree = isLockFree, Momentum = 0.5 },
            Initialization = new UniformInitialization<double>(0.1, 0.5),
            Threads = threads,
            Checkpoints = checkpoints,
            Validation = validation,
            Stopping = new() { MaxIterations = epochs, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
        });

    private static void RequireFall<TElement>(string loss, StochasticGradient<TElement> optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RequireFall(Large<TElement>().Objective(loss), optimizer);

    private static void RequireFall<TElement>(IObjective<TElement> objective, StochasticGradient<TElement> optimizer)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var start = SyntheticPoint<TElement>.Start(objective);
        using var workers = new Kernels.Workers(4);
        var first = objective.Value(start, objective.CreateWorkspace());
        var last = first;
        var stopping = new StoppingCriteria { MaxIterations = Epochs, RelativeObjectiveTolerance = 0 };
        var free = new StochasticGradient<TElement>
        {
            IsLockFree = true, IsAdaptive = optimizer.IsAdaptive, LearningRate = optimizer.LearningRate, Momentum = optimizer.Momentum, Schedule = optimizer.Schedule,
        };

        var repeatable = optimizer.Minimize(objective, start, stopping, workers).Objective;
        var reached = free.Minimize(objective, start, stopping, workers, new ProgressWatch(p =>
        {
            Assert.True(p.Objective < last, $"It rose from {last:R} to {p.Objective:R}.");
            last = p.Objective;
        })).Objective;

        Assert.True(first - reached >= 0.9 * (first - repeatable), $"From {first:R} it fell to {reached:R}, and repeatable epochs to {repeatable:R}.");
    }

    /// <summary>Of several blocks in each direction.</summary>
    private static SyntheticPoint<TElement> Large<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(1100, 1000, 8, 20_000);
}
