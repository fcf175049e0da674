using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Multiplicative updates on generated objectives of several kinds.</summary>
public class MultiplicativeUpdatesTests
{
    private const int Rows = 30, Columns = 25, Rank = 3;

    private static readonly Dictionary<string, Func<IObjective<double>>> Objectives = new(StringComparer.Ordinal)
    {
        ["squared, dense"] = () => new SquaredError.DenseObjective<double>(Ratings().ToDense(), Rank),
        ["squared, sparse"] = () => new SquaredError.SparseObjective<double>(Ratings(), Rank),
        ["squared, masked"] = () => new SquaredError.MaskedObjective<double>(Ratings(), 0.1, Rank),
        ["Kullback-Leibler"] = () => new Counts.KullbackLeiblerObjective<double>(Ratings(), Rank),
        ["Itakura-Saito"] = () => new Counts.ItakuraSaitoObjective<double>(Ratings(), Rank),
        ["Cauchy"] = () => new Penalized.CauchyErrorObjective<double>(Ratings(), 0.1, Rank),
        ["Huber"] = () => new Robust.HuberErrorObjective<double>(Ratings(), 0.5, Rank),
        ["symmetric"] = () => new AllPairs.SymmetricObjective<double>(Graph(), Rank),
        ["tri-factor"] = () => new AllPairs.TriFactorObjective<double>(Ratings(), Rank),
        ["elastic net"] = () => new Regularizers.ElasticNetObjective<double>(Ratings(), 0.1, 0.5, Rank),
    };

    public static TheoryData<string> Losses => [.. Objectives.Keys];

    [Theory]
    [InlineData("squared, dense", 1e-5, 6000)]
    [InlineData("squared, sparse", 1e-5, 6000)]
    [InlineData("squared, masked", 1e-5, 4000)]
    [InlineData("Kullback-Leibler", 1e-5, 1500)]
    [InlineData("Itakura-Saito", 1e-5, 1500)]
    [InlineData("Huber", 1e-5, 2000)]
    [InlineData("Cauchy", 1e-5, 8000)]
    [InlineData("elastic net", 1e-5, 9000)]
    [InlineData("symmetric", 1e-5, 20_000)]
    [InlineData("tri-factor", 1e-3, 12_000)]
    public void Brings_the_projected_gradient_to_a_share_of_the_starts(string loss, double share, int iterations)
    {
        var objective = Objectives[loss]();
        var result = Minimize(objective, new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = share }, null);
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void No_iterate_is_negative_and_none_rises(string loss)
    {
        var objective = new Watched((ISignSplit<double>)Objectives[loss]());
        var last = double.PositiveInfinity;
        var result = Minimize(objective, new() { MaxIterations = 300, RelativeObjectiveTolerance = 0, GradientTolerance = 0 }, new ProgressWatch(p =>
        {
            Assert.True(p.Objective <= last, $"{last} rises to {p.Objective} in iteration {p.Iteration}.");
            last = p.Objective;
        }));
        Assert.Equal(result.Iterations == 300 ? StoppingReason.IterationLimit : StoppingReason.NoFurtherProgress, result.Reason);
        Assert.Equal(result.Objective, last);
        Assert.True(result.Objective < 0.9 * objective.Value(Start(objective), objective.CreateWorkspace()));
    }

    [Fact]
    public void Where_a_plain_step_rises_the_exponent_is_halved()
    {
        // ½(u² − 1)² at u = ½: the plain update goes to 2, its square root to the minimum.
        var objective = new AllPairs.SymmetricObjective<double>(SparseMatrix<double>.FromCoordinates(1, 1, [(0, 0, 1.0)]), 1);
        var start = new Parameters<double>(objective.Layout);
        start.Values[0] = 0.5;
        var step = double.NaN;

        var result = new MultiplicativeUpdates<double>().Minimize(objective, start, new() { MaxIterations = 1 }, Workers.Shared, new ProgressWatch(p => step = p.Step), default);

        Assert.Equal(0.5, step);
        Assert.Equal(1, result.Parameters.Values[0], 1e-15);
    }

    [Fact]
    public void What_data_says_nothing_of_stays_and_what_only_a_penalty_says_something_of_vanishes()
    {
        // Row 1 has no ratings: its gradient is 0 without a ridge, and P alone with one.
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 1.0), (0, 1, 2.0)]);
        double OfRow(double ridge) => Minimize(new SquaredError.MaskedObjective<double>(ratings, ridge, 1), new() { MaxIterations = 200 }, null).Parameters["U"][1, 0];
        var start = Start(new SquaredError.MaskedObjective<double>(ratings, 0, 1))["U"][1, 0];
        Assert.Equal(start, OfRow(0));
        Assert.InRange(OfRow(0.1), 0, 1e-9);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        double[] With(int threads)
        {
            using var workers = new Workers(threads);
            var objective = Objectives["squared, masked"]();
            return new MultiplicativeUpdates<double>().Minimize(objective, Start(objective), new() { MaxIterations = 50 }, workers, null, default).Parameters.Values.ToArray();
        }

        Assert.Equal(With(1), With(3));
    }

    [Fact]
    public void In_float_too()
    {
        var objective = new Counts.KullbackLeiblerObjective<float>(Ratings().Cast<float>(), Rank);
        var start = Parameters<float>.Uniform(objective.Layout, 0.1, 1, seed: 5);
        var result = new MultiplicativeUpdates<float>().Minimize(objective, start, new() { GradientTolerance = 1e-2 }, Workers.Shared, null, default);
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
        Assert.All(result.Parameters.Values.ToArray(), x => Assert.True(x >= 0));
    }

    [Fact]
    public void A_negative_start_is_refused_with_the_factors_name()
    {
        var objective = Objectives["squared, masked"]();
        var start = Start(objective);
        start["V"][1, 1] = -0.5;
        var refusal = Assert.Throws<ArgumentException>(() => new MultiplicativeUpdates<double>().Minimize(objective, start, new(), Workers.Shared, null, default));
        Assert.Contains("V has -0.5", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0.1, "need R without")]
    [InlineData(1, -0.1, "need reg without")]
    public void Negative_data_and_hyperparameters_are_refused_by_name(double rating, double ridge, string says)
    {
        var objective = new SquaredError.MaskedObjective<double>(SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, rating)]), ridge, 1);
        var refusal = Assert.Throws<ArgumentException>(() => Minimize(objective, new(), null));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_objective_that_does_not_split_is_refused()
    {
        var objective = new Regularizers.LowRankObjective<double>(Ratings(), 0.1, 0.1, Rank);
        var refusal = Assert.Throws<ArgumentException>(() => Minimize(objective, new(), null));
        Assert.Contains("ISignSplit", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_is_not_finite_is_refused_with_the_factors_name()
    {
        var objective = Objectives["squared, masked"]();
        var start = Start(objective);
        start["U"][2, 0] = double.NaN;
        var failure = Assert.Throws<NonFiniteObjectiveException<double>>(() =>
            new MultiplicativeUpdates<double>().Minimize(objective, start, new(), Workers.Shared, null, default));
        Assert.Equal(("U", 0), (failure.Factor, failure.Iteration));
    }

    [Fact]
    public void Cancelling_ends_a_run_with_the_factors_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var objective = Objectives["squared, masked"]();
        var result = new MultiplicativeUpdates<double>().Minimize(objective, Start(objective), new(), Workers.Shared, new ProgressWatch(p =>
        {
            if (p.Iteration == 3)
            {
                cancellation.Cancel();
            }
        }), cancellation.Token);
        Assert.Equal((StoppingReason.Cancelled, 3), (result.Reason, result.Iterations));
        Assert.Equal(objective.Value(result.Parameters, objective.CreateWorkspace()), result.Objective);
    }

    private static OptimizationResult<double> Minimize(IObjective<double> objective, StoppingCriteria stopping, IProgress<TrainingProgress>? progress) =>
        new MultiplicativeUpdates<double>().Minimize(objective, Start(objective), stopping, Workers.Shared, progress, default);

    private static Parameters<double> Start(IObjective<double> objective) => Parameters<double>.Uniform(objective.Layout, 0.1, 1, seed: 5);

    private static SparseMatrix<double> Ratings()
    {
        var random = new Random(3);
        var (u, v) = (Uniform(random, Rows), Uniform(random, Columns));
        return SparseMatrix<double>.FromCoordinates(Rows, Columns, (
            from i in Enumerable.Range(0, Rows)
            from j in Enumerable.Range(0, Columns)
            where random.NextDouble() < 0.6
            select (i, j, 0.5 + Enumerable.Range(0, Rank).Sum(k => u[i][k] * v[j][k]) + (0.2 * random.NextDouble()))).ToArray());
    }

    private static SparseMatrix<double> Graph()
    {
        var random = new Random(4);
        var u = Uniform(random, Rows);
        return SparseMatrix<double>.FromCoordinates(Rows, Rows, (
            from i in Enumerable.Range(0, Rows)
            from j in Enumerable.Range(0, Rows)
            let weight = Enumerable.Range(0, Rank).Sum(k => u[i][k] * u[j][k])
            where weight > 0.6
            select (i, j, weight)).ToArray());
    }

    private static double[][] Uniform(Random random, int rows) =>
        [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, Rank).Select(_ => random.NextDouble()).ToArray())];

    /// <summary>Sees every point that is evaluated.</summary>
    private sealed class Watched(ISignSplit<double> objective) : ISignSplit<double>
    {
        public ParameterLayout Layout => objective.Layout;

        public Workspace CreateWorkspace(Workers? workers = null) => objective.CreateWorkspace(workers);

        public double Value(Parameters<double> at, Workspace workspace) => objective.Value(Seen(at), workspace);

        public double ValueAndGradient(Parameters<double> at, Parameters<double> gradient, Workspace workspace) =>
            objective.ValueAndGradient(Seen(at), gradient, workspace);

        public double Reference(Parameters<double> at) => objective.Reference(Seen(at));

        public void SignSplit(Parameters<double> at, Parameters<double> positive, Parameters<double> negative, Workspace workspace) =>
            objective.SignSplit(Seen(at), positive, negative, workspace);

        public string? FindNegative() => objective.FindNegative();

        private static Parameters<double> Seen(Parameters<double> at)
        {
            Assert.All(at.Values.ToArray(), x => Assert.True(x >= 0, $"{x} is evaluated."));
            return at;
        }
    }
}
