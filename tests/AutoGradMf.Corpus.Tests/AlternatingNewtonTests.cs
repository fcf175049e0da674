using AutoGradMf.Kernels;
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

    [Fact]
    public void Conjugate_gradients_need_a_step() => Assert.Throws<ArgumentOutOfRangeException>(
        nameof(AlternatingNewton<>.ConjugateGradientSteps), () => new AlternatingNewton<double> { ConjugateGradientSteps = 0 });

    private static SyntheticPoint<double> Point() => new(60, 50, 5, 900);
}
