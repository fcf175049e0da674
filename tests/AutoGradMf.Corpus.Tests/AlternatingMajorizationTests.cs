using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Alternating majorization on every loss that it accepts.</summary>
public class AlternatingMajorizationTests
{
    public static TheoryData<string> Accepted =>
        [.. GeneratedLoss.All.Where(loss => new AlternatingMajorization<double>().Refusal(Point().Objective(loss)) is null)];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Each_step_without_a_search_lowers_the_objective(string loss)
    {
        var objective = Point().Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        var record = new List<double> { objective.Value(start, objective.CreateWorkspace()) };
        var result = Minimize(objective, start, 40, new ProgressWatch(p => record.Add(p.Objective)));

        Assert.True(result.Objective < record[0], $"It is {result.Objective} after {record[0]}.");
        Assert.True(result.GradientNorm > 0);

        // No search: one evaluation for each factor, and from the twentieth iteration on one of where two iterations lead.
        Assert.InRange(result.Evaluations, 2, 1 + (40 * objective.Layout.Factors.Count) + 10);
        Assert.All(record.Zip(record.Skip(1)), pair => Assert.True(pair.Second <= pair.First, $"It rose from {pair.First:R} to {pair.Second:R}."));
    }

    [Theory]
    [InlineData("SquaredError.Ridged")]
    [InlineData("SquaredError.Biased")]
    public void It_comes_to_a_stationary_point(string loss)
    {
        var objective = Point().Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(start, gradient, objective.CreateWorkspace());
        var norm = Math.Sqrt(gradient.Values.ToArray().Sum(g => g * g));
        var result = Minimize(objective, start, 5000, null);
        Assert.InRange(result.GradientNorm, 0, 1e-3 * norm);
    }

    [Fact]
    public void A_loss_without_bounds_is_refused_with_the_factor_and_a_way_out() => Assert.Equal(
        "Alternating majorization needs curvature bounds in every factor, and the objective has none in U: the head of its generated file says what " +
        "stands in the way. Change that, or take ProjectedGradient, which searches its steps.",
        new AlternatingMajorization<double>().Refusal(Point().Objective("Counts.Poisson")));

    private static OptimizationResult<double> Minimize(IObjective<double> objective, Parameters<double> start, int iterations, IProgress<TrainingProgress>? progress) =>
        new AlternatingMajorization<double>().Minimize(objective, start, new() { MaxIterations = iterations }, Workers.Shared, progress, CancellationToken.None);

    private static SyntheticPoint<double> Point() => new(60, 50, 5, 900);
}
