using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Alternating Newton on every loss that it accepts.</summary>
public class AlternatingNewtonTests
{
    private const double ObjectiveRounding = 1e-12;

    /// <summary>
    /// They expect ratings of 0 to 1, and fall without end where those of the point are greater; the divergence, in whatever way it is written, does where
    /// factors may be negative, since its sum of all predictions is then no more bounded by its logarithms, which are of the observed ones; so do cubes.
    /// </summary>
    private static readonly string[] Unbounded =
    [
        "AllPairs.CubicTriFactor",
        "AllPairs.TriFactorDivergence",
        "Categorical.Logistic",
        "Categorical.Softmax",
        "Counts.KullbackLeibler",
        "Rewritten.CrossEntropy",
        "Rewritten.LogarithmOfExponential",
        "Rewritten.LogarithmsApart",
        "Rewritten.OneSum",
    ];

    public static TheoryData<string> Bounded =>
        [.. GeneratedLoss.All.Except(Unbounded).Where(loss => new AlternatingNewton<double>().FindRefusal(Point().Objective(loss)) is null)];

    public static TheoryData<string> WithoutMinimum => [.. Unbounded];

    [Theory]
    [MemberData(nameof(Bounded))]
    public void The_objective_never_rises_and_falls(string loss)
    {
        var objective = Point().Objective(loss);
        var record = new List<double>();
        var result = new AlternatingNewton<double>().Minimize(
            objective,
            SyntheticPoint<double>.Start(objective),
            new() { MaxIterations = 15 },
            Workers.Shared,
            new ProgressWatch(p => record.Add(p.Objective)),
            CancellationToken.None);

        var last = objective.Value(SyntheticPoint<double>.Start(objective), objective.CreateWorkspace());
        Assert.True(result.Objective < last, $"It is {result.Objective} after {last}.");
        foreach (var value in record)
        {
            Assert.True(value <= last + (ObjectiveRounding * Math.Abs(last)), $"It rose from {last:R} to {value:R}.");
            last = value;
        }
    }

    [Theory]
    [MemberData(nameof(WithoutMinimum))]
    public void A_loss_without_a_minimum_ends_in_an_error_that_keeps_the_last_finite_point(string loss)
    {
        var objective = Point().Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        var error = Assert.Throws<NonFiniteObjectiveException<double>>(() => new AlternatingNewton<double>().Minimize(
            objective, start, new() { MaxIterations = 1000 }, Workers.Shared, null, CancellationToken.None));
        var workspace = objective.CreateWorkspace();
        Assert.True(objective.Value(error.LastFinite!, workspace) < objective.Value(start, workspace));
    }

    /// <summary>From beside a minimum, three conjugate gradients for each factor, from the last iterate on, lead to it as exact solutions do.</summary>
    [Theory]
    [InlineData("SquaredError.Masked")]
    [InlineData("SquaredError.Biased")]
    [InlineData("SquaredError.Implicit")]
    public void Few_conjugate_gradients_lead_to_the_minimum_that_exact_solutions_reach(string loss)
    {
        var objective = new SyntheticPoint<double>(30, 25, 3, 400).Objective(loss);
        var stopping = new StoppingCriteria { MaxIterations = 2000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-6 };
        var exact = new AlternatingNewton<double>().Minimize(objective, SyntheticPoint<double>.Start(objective), stopping);
        var beside = exact.Parameters.Copy();
        System.Numerics.Tensors.TensorPrimitives.Multiply(beside.Values, 1.01, beside.Values);
        var record = new List<double> { objective.Value(beside, objective.CreateWorkspace()) };

        var result = new AlternatingNewton<double> { ConjugateGradientSteps = 3 }.Minimize(objective, beside, stopping, progress: new ProgressWatch(p => record.Add(p.Objective)));

        Assert.True(record[0] > exact.Objective);
        Assert.Equal(exact.Objective, result.Objective, 1e-6 * Math.Abs(exact.Objective));
        Assert.All(record.Zip(record.Skip(1)), pair => Assert.True(pair.Second <= pair.First + (ObjectiveRounding * Math.Abs(pair.First))));
    }

    /// <summary>What only ridges tell apart is balanced; without, these take ten times as long or do not come there at all.</summary>
    [Theory]
    [InlineData("Penalized.WeightedFeatures", 1500)]
    [InlineData("Penalized.WeightedFeaturesOfAllPairs", 1500)]
    [InlineData("Penalized.ThreeFactors", 1500)]
    [InlineData("Penalized.TriFactor", 1500)]
    [InlineData("Penalized.ThreeWay", 1500)]
    public void Factors_that_only_ridges_tell_apart_are_balanced(string loss, int iterations)
    {
        var objective = new SyntheticPoint<double>(60, 50, 4, 900).Objective(loss);
        var result = new AlternatingNewton<double>().Minimize(
            objective, SyntheticPoint<double>.Start(objective), new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-5 });
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
    }

    /// <summary>The curvature at a small start is negative in all directions that lower the objective, and data a hundred times larger make it so much the greater.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1e6)]
    public void Negative_curvature_is_left_at_any_scale_of_the_data(double scale)
    {
        Assert.Equal(Fit(1), Fit(scale), 1e-6 * Fit(1));

        static double Fit(double scale)
        {
            var objective = new AllPairs.SymmetricObjective<double>(Similarities(scale), rank: 3);
            var start = new NormalInitialization<double>().Start(objective, 1, Workers.Shared, default);
            return new AlternatingNewton<double>().Minimize(objective, start).Objective / (scale * scale);
        }
    }

    /// <summary>Where all errors are large, the ridge is all the curvature there is, and minima of rows are at a small part of their Newton steps.</summary>
    [Theory]
    [InlineData("Robust.HuberError")]
    [InlineData("Robust.LogCoshError")]
    public void Rows_whose_steps_are_far_too_long_go_on(string loss)
    {
        var objective = GeneratedLoss.Objective<double>(loss, p => p.ParameterType == typeof(double) ? 1.0 : p.ParameterType == typeof(int) ? 3 : Similarities(1e6));
        var start = new TruncatedSvd<double>().Start(objective, 1, Workers.Shared, default);
        var stopping = new StoppingCriteria { MaxIterations = 200, RelativeObjectiveTolerance = 1e-5 };
        var expected = new LimitedMemoryBfgs<double>().Minimize(objective, start, stopping with { MaxIterations = 3000 }).Objective;

        Assert.InRange(new AlternatingNewton<double>().Minimize(objective, start, stopping).Objective, 0, 1.005 * expected);
    }

    /// <summary>½(u² − 1)² has the slope −0.768 and the curvature 0.16 at u = 0.6, from where a Newton step of 4.8 is too far.</summary>
    [Fact]
    public void Progress_tells_what_part_of_the_steps_was_gone()
    {
        var objective = new AllPairs.SymmetricObjective<double>(SparseMatrix<double>.FromCoordinates(1, 1, [(0, 0, 1.0)]), 1);
        var start = new Parameters<double>(objective.Layout);
        start.Values[0] = 0.6;
        var step = double.NaN;

        var result = new AlternatingNewton<double>().Minimize(objective, start, new() { MaxIterations = 1 }, progress: new ProgressWatch(p => step = p.Step));

        Assert.Equal((result.Parameters.Values[0] - 0.6) / 4.8, step, 1e-12);
    }

    [Fact]
    public void Conjugate_gradients_need_a_step() => Assert.Throws<ArgumentOutOfRangeException>(
        nameof(AlternatingNewton<>.ConjugateGradientSteps), () => new AlternatingNewton<double> { ConjugateGradientSteps = 0 });

    private static SyntheticPoint<double> Point() => new(60, 50, 5, 900);

    /// <summary>Of three positive features and noise, for each pair of 60.</summary>
    private static SparseMatrix<double> Similarities(double scale)
    {
        var random = new Random(1);
        var tastes = Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 3).Select(_ => random.NextDouble()).ToArray()).ToArray();
        return SparseMatrix<double>.FromCoordinates(60, 60, (
            from i in Enumerable.Range(0, 60)
            from j in Enumerable.Range(0, 60)
            select (i, j, scale * (tastes[i].Zip(tastes[j], (x, y) => x * y).Sum() + (0.1 * random.NextDouble())))).ToArray());
    }
}
