using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using AutoGradMf.Data;
using AutoGradMf.Initialization;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Every optimizer with validation, patience, the best model, checkpoints, cancellation, limits of time and what is not finite at once, in float and double, on any number of
/// threads.
/// </summary>
public sealed class TrainingMatrixTests : IDisposable
{
    private const int Iterations = 12;
    private const int MostAttempts = 40;

    /// <summary>Triples whose third index is drawn anew for each epoch.</summary>
    private const string DrawnTriples = "Penalized.Bpr";

    private static readonly string[] Chosen =
    [
        "SquaredError.Biased", "SquaredError.ThreeFactors", "Penalized.TriFactor", "Penalized.WeightedFeatures", DrawnTriples, "Counts.Poisson", "Robust.HuberError",
        "Regularizers.ElasticNet", "Bounded.NonNegative",
    ];

    /// <summary>Each has a weight of its penalty, and together they are accepted by all.</summary>
    private static readonly string[] Ridged = ["SquaredError.Biased", "Regularizers.GroupLasso", "Bounded.NonNegative"];

    private readonly string _folder = Directory.CreateTempSubdirectory("matrix").FullName;

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(Chosen, EveryOptimizer.WithSettings<double>());

    public static TheoryData<string, string> RidgedPairs => EveryOptimizer.With(Ridged, EveryOptimizer.WithSettings<double>());

    private string File => Path.Combine(_folder, "run.checkpoint");

    /// <summary>None is left out for want of a loss that it accepts.</summary>
    [Fact]
    public void Every_optimizer_is_in_each_table() => Assert.All([Pairs, RidgedPairs], pairs =>
        Assert.Equal(EveryOptimizer.WithSettings<double>().Keys.Order(StringComparer.Ordinal), pairs.Select(p => (string)p[1]).Distinct().Order(StringComparer.Ordinal)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Saved_and_resumed_on_other_numbers_of_threads_it_goes_on_bit_for_bit(string loss, string optimizer)
    {
        Require<double>();
        Require<float>();

        void Require<TElement>()
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var whole = new Watched<TElement>(loss, optimizer);
            var expected = whole.Fit(new() { Threads = 1, Stopping = Until(Iterations) });
            var parts = new Watched<TElement>(loss, optimizer);
            System.IO.File.Delete(File);
            TrainingResult<FactorModel<TElement>>? last = null;
            foreach (var (iterations, threads) in new[] { (1, 3), (2, 2), (5, 1), (8, 3), (Iterations, 2) })
            {
                last = parts.Fit(new() { Threads = threads, Stopping = Until(iterations), Checkpoints = Checkpoints() });
                Assert.Equal(Math.Min(iterations, expected.Iterations), last.Iterations);
            }

            RequireSame(expected, last!);
            Assert.Equal(whole.Reports, parts.Reports);
            parts.RequireBest(last!);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Cancelled_at_random_moments_it_returns_the_best_so_far_and_goes_on_bit_for_bit(string loss, string optimizer)
    {
        var random = new Random(17);
        RequireSameInParts<double>(loss, optimizer, StoppingReason.Cancelled, (attempt, time, fit) =>
        {
            using var source = new CancellationTokenSource();
            var delay = attempt < MostAttempts ? 4 * random.NextDouble() * time : Timeout.InfiniteTimeSpan;
            var canceller = new Thread(() => Cancel(source, delay));
            canceller.Start();
            try
            {
                return fit(Until(Iterations), source.Token);
            }
            finally
            {
                source.Cancel();
                canceller.Join();
            }
        });
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Out_of_time_again_and_again_it_returns_the_best_so_far_and_goes_on_bit_for_bit(string loss, string optimizer) =>
        RequireSameInParts<float>(loss, optimizer, StoppingReason.TimeLimit, (attempt, time, fit) => fit(
            Until(Iterations) with { MaxTime = attempt < MostAttempts ? attempt * time : null }, CancellationToken.None));

    /// <summary>The ridge is NaN from the fourth iteration on, and a number again when training is resumed.</summary>
    [Theory]
    [MemberData(nameof(RidgedPairs))]
    public void Where_the_objective_becomes_NaN_an_error_names_factor_iteration_and_cause_and_the_last_finite_model_is_kept(string loss, string optimizer)
    {
        Require<double>();
        Require<float>();

        void Require<TElement>()
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            System.IO.File.Delete(File);
            var expected = new Watched<TElement>(loss, optimizer).Fit(new() { Stopping = Until(Iterations) });
            var watched = new Watched<TElement>(loss, optimizer);
            var ridge = watched.Objective.GetType().GetProperty("reg")!;
            var reg = ridge.GetValue(watched.Objective);
            var error = Assert.Throws<NonFiniteObjectiveException<TElement>>(() => watched.Fit(
                new() { Stopping = Until(Iterations), Checkpoints = Checkpoints() with { EveryIterations = 1 } },
                progress => ridge.SetValue(watched.Objective, progress.Iteration == 3 ? double.NaN : reg)));

            Assert.Equal(4, error.Iteration);
            Assert.Contains(error.Factor, watched.Objective.Layout.Factors.Select(f => f.Name));
            Assert.Contains("NaN in iteration 4: the ", error.Message, StringComparison.Ordinal);
            Assert.Contains("Likely cause: reg is NaN, which the loss is given; give it finite numbers. LastFinite holds ", error.Message, StringComparison.Ordinal);
            Assert.Equal(watched.Points[3], error.LastFinite!.Values.ToArray());

            ridge.SetValue(watched.Objective, reg);
            RequireSame(expected, watched.Fit(new() { Stopping = Until(Iterations), Checkpoints = Checkpoints() }));
        }
    }

    private static StoppingCriteria Until(int iterations) => new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0 };

    private static void Cancel(CancellationTokenSource source, TimeSpan delay)
    {
        // Sleeping would wake at multiples of a tick, between which most iterations lie.
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!source.IsCancellationRequested && (delay < TimeSpan.Zero || System.Diagnostics.Stopwatch.GetElapsedTime(began) < delay))
        {
            Thread.Yield();
        }

        source.Cancel();
    }

    private static void RequireSame<TElement>(TrainingResult<FactorModel<TElement>> expected, TrainingResult<FactorModel<TElement>> found)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Assert.Equal(expected.Model.Parameters.Values.ToArray(), found.Model.Parameters.Values.ToArray());
        Assert.Equal(
            (expected.Objective, expected.GradientNorm, expected.Iterations, expected.Evaluations, expected.Reason),
            (found.Objective, found.GradientNorm, found.Iterations, found.Evaluations, found.Reason));
    }

    private delegate TrainingResult<FactorModel<TElement>> Part<TElement>(
        int attempt, TimeSpan time, Func<StoppingCriteria, CancellationToken, TrainingResult<FactorModel<TElement>>> fit)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;

    private void RequireSameInParts<TElement>(string loss, string optimizer, StoppingReason interruption, Part<TElement> fit)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var whole = new Watched<TElement>(loss, optimizer);
        var expected = whole.Fit(new() { Threads = 2, Stopping = Until(Iterations) });
        var interruptions = 0;
        for (var time = expected.Elapsed / 8; interruptions == 0; time /= 2)
        {
            Assert.True(time > TimeSpan.Zero, "Nothing was interrupted.");
            var parts = new Watched<TElement>(loss, optimizer);
            System.IO.File.Delete(File);
            var part = Next();
            for (; part.Reason == interruption; interruptions++)
            {
                part = Next();
            }

            RequireSame(expected, part);
            Assert.Equal(whole.Reports, parts.Reports);

            TrainingResult<FactorModel<TElement>> Next()
            {
                var next = fit(interruptions + 1, time, (stopping, token) =>
                    parts.Fit(new() { Threads = 2, Stopping = stopping, Checkpoints = Checkpoints() }, null, token));
                parts.RequireBest(next);
                Assert.Equal(parts.Reports.Keys.Max(), next.Iterations);
                return next;
            }
        }
    }

    private Checkpoints Checkpoints() => new(File) { Resume = true };

    /// <summary>
    /// Training whose reports are kept. It is validated by a number that has no order and that any bit of the factors changes: any model may be the best, and training ends by
    /// patience anywhere.
    /// </summary>
    private sealed class Watched<TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        private readonly IOptimizer<TElement> _optimizer;

        public Watched(string loss, string optimizer)
        {
            Objective = loss == DrawnTriples ? OfDrawnTriples() : new SyntheticPoint<TElement>(300, 250, 8, 9000).Objective(loss);
            _optimizer = EveryOptimizer.WithSettings<TElement>()[optimizer];
        }

        public IObjective<TElement> Objective { get; }

        /// <summary>Objective, norm, step, repetitions and score of each iteration.</summary>
        public SortedDictionary<int, (double, double, double, int, double Score)> Reports { get; } = [];

        /// <summary>Each point that was measured, in order.</summary>
        public List<TElement[]> Points { get; } = [];

        public TrainingResult<FactorModel<TElement>> Fit(
            TrainingOptions<TElement> options, Action<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
            new ObjectiveTrainer<TElement>(Objective).Fit(
                options with
                {
                    Optimizer = _optimizer,
                    Initialization = new UniformInitialization<TElement>(0.1, 0.5),
                    Seed = 3,
                    Validation = new(new ValidationMetric<TElement>("digest", Measure)) { Patience = 6 },
                },
                new ProgressWatch(p =>
                {
                    var report = (p.Objective, p.GradientNorm, p.Step, p.Repetitions, Assert.Single(p.Validation));
                    Assert.True(Reports.TryAdd(p.Iteration, report) || Reports[p.Iteration] == report, $"Iteration {p.Iteration} is {Reports[p.Iteration]} and {report}.");
                    progress?.Invoke(p);
                }),
                cancellationToken);

        public void RequireBest(TrainingResult<FactorModel<TElement>> result) => Assert.Equal(Reports.Values.Min(r => r.Score), Digest(result.Model));

        private static double Digest(Model<TElement> model) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(model.Parameters.Values)) / (double)ulong.MaxValue;

        private static Penalized.BprObjective<TElement> OfDrawnTriples()
        {
            var ratings = SmallRatings.Create();
            var triples = new PreferenceTriples(ratings.Pattern, seed: 1, perRating: 2);
            return new Penalized.BprObjective<TElement>(triples.Users, triples.Rated, triples.Unrated, 0.1, ratings.Rows, ratings.Columns, rank: 3);
        }

        private double Measure(Model<TElement> model)
        {
            Points.Add(model.Parameters.Values.ToArray());
            return Digest(model);
        }
    }
}
