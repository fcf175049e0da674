using AutoGradMf.Data;
using AutoGradMf.Initialization;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Runs on generated objectives that were saved and resumed go on bit for bit, with the methods that need what is generated.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Rank = 3;

    /// <summary>In and between cycles of extrapolation, too, which begin with the twenty-first iteration.</summary>
    private static readonly int[] Interruptions = [1, 4, 9, 21, 22, 24];
    private readonly string _folder = Directory.CreateTempSubdirectory("resume").FullName;

    public static TheoryData<IOptimizer<double>> OfMasked =>
    [
        new AlternatingNewton<double>(), new AlternatingNewton<double> { ConjugateGradientSteps = 2 }, new MultiplicativeUpdates<double>(), new NewtonConjugateGradient<double>(),
        new StochasticGradient<double> { Momentum = 0.5, Seed = 7 }, new StochasticGradient<double> { IsAdaptive = false, LearningRate = 0.01, Schedule = LearningRateSchedule.Inverse(0.1) },
        new AlternatingMajorization<double>(), new LimitedMemoryBfgs<double>(), new Adam<double>(), new ProjectedGradient<double>(), new GradientDescent<double>(),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(OfMasked))]
    public void A_masked_loss(IOptimizer<double> optimizer) =>
        RequireSame(o => new SquaredError.MaskedTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(o), optimizer);

    [Fact]
    public void A_loss_of_counts_by_alternating_Newton() =>
        RequireSame(o => new Counts.PoissonTrainer<double>(SmallRatings.Create(), Rank).Fit(o), new AlternatingNewton<double>());

    [Fact]
    public void A_loss_with_norms_by_proximal_gradient() =>
        RequireSame(o => new Regularizers.ElasticNetTrainer<double>(SmallRatings.Create(), 0.1, 0.5, Rank).Fit(o), new ProximalGradient<double>());

    [Fact]
    public void Bounded_factors_by_alternating_Newton() =>
        RequireSame(o => new Bounded.NonNegativeTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(o), new AlternatingNewton<double>());

    [Fact]
    public void Bounded_factors_by_LBFGSB() =>
        RequireSame(o => new Bounded.NonNegativeTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(o), new BoundedLimitedMemoryBfgs<double>());

    /// <summary>What the balance of factors remembers is saved, and scales and mixtures come from the factors alone.</summary>
    [Fact]
    public void Factors_that_only_ridges_tell_apart_by_alternating_Newton()
    {
        RequireSame(o => new Penalized.WeightedFeaturesTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(o), new AlternatingNewton<double>());
        RequireSame(o => new Penalized.TriFactorTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(o), new AlternatingNewton<double>());
    }

    /// <summary>Triples are drawn by the number of the epoch, which is saved.</summary>
    [Fact]
    public void Triples_that_are_drawn_anew_for_each_epoch()
    {
        var ratings = SmallRatings.Create();
        var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 2);
        RequireSame(
            o => new Penalized.BprTrainer<double>(triples.Users, triples.Rated, triples.Unrated, 0.1, ratings.Rows, ratings.Columns, Rank).Fit(o),
            new StochasticGradient<double> { Momentum = 0.5, Schedule = LearningRateSchedule.Inverse(0.1), Seed = 7 });
    }

    /// <summary>Also after the first epoch, in which features after the first rest.</summary>
    [Fact]
    public void Features_that_begin_in_the_second_epoch() => RequireSame(
        o => new SquaredError.MaskedTrainer<double>(SmallRatings.Create(), 0.1, rank: 12).Fit(o),
        new StochasticGradient<double> { Momentum = 0.5, Seed = 7 });

    /// <summary>A function tells nothing but what it gives: in the epochs that were done, all that it has given, and of those to come nothing is known.</summary>
    [Fact]
    public void Another_schedule_is_refused_if_an_epoch_before_would_have_been_another()
    {
        var checkpoints = Checkpoints();
        Fit(epoch => 1 / (1.0 + epoch), 5);

        Fit(epoch => epoch < 5 ? 1 / (1.0 + epoch) : 0.01, 7);
        var error = Assert.Throws<CheckpointException>(() => Fit(epoch => epoch == 3 ? 0.26 : epoch < 5 ? 1 / (1.0 + epoch) : 0.01, 9));
        Assert.Contains("the Schedule of the learning rate has another share in one of the 7 epochs that were done", error.Message, StringComparison.Ordinal);

        void Fit(Func<int, double> share, int epochs) => new SquaredError.MaskedTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(new()
        {
            Optimizer = new StochasticGradient<double> { Schedule = new(share) },
            Stopping = new() { MaxIterations = epochs },
            Checkpoints = checkpoints,
        });
    }

    /// <summary>Patience is no part of what is saved: it only says when to stop.</summary>
    [Fact]
    public void Training_that_ended_by_validation_goes_on_with_more_patience()
    {
        var measured = 0;
        Assert.Equal((2, StoppingReason.Validation), Fit(2));
        Assert.Equal((5, StoppingReason.Validation), Fit(5));

        (int, StoppingReason) Fit(int patience)
        {
            var result = new SquaredError.MaskedTrainer<double>(SmallRatings.Create(), 0.1, Rank).Fit(new()
            {
                Validation = new(new ValidationMetric<double>("growing", _ => measured++)) { Patience = patience },
                Checkpoints = Checkpoints(),
            });
            return (result.Iterations, result.Reason);
        }
    }

    private void RequireSame<TModel>(Func<TrainingOptions<double>, TrainingResult<TModel>> fit, IOptimizer<double> optimizer)
        where TModel : AutoGradMf.Models.Model<double>
    {
        const int Iterations = 30;
        File.Delete(Path.Combine(_folder, "run.checkpoint"));
        var whole = fit(Options(Iterations));
        foreach (var iterations in Interruptions)
        {
            Assert.Equal(iterations, fit(Options(iterations) with { Checkpoints = Checkpoints() }).Iterations);
        }

        var resumed = fit(Options(Iterations) with { Checkpoints = Checkpoints() });
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
        Assert.Equal((whole.Objective, whole.GradientNorm, whole.Evaluations, whole.Iterations), (resumed.Objective, resumed.GradientNorm, resumed.Evaluations, resumed.Iterations));

        TrainingOptions<double> Options(int iterations) => new()
        {
            Optimizer = optimizer,
            Initialization = new UniformInitialization<double>(0.1, 1),
            Seed = 3,
            Stopping = new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
        };
    }

    private Checkpoints Checkpoints() => new(Path.Combine(_folder, "run.checkpoint")) { Resume = true };
}
