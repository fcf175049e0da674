using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>A Newton step in a factor solves the systems of the exact second derivative, which Hessian products give independently.</summary>
public class NewtonStepTests
{
    public static TheoryData<string> Losses =>
        [.. GeneratedLoss.All.Where(loss => Point().Objective(loss) is IBlockNewton<double> and IHessianVectorProduct<double>)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_second_derivative_times_the_step_is_the_negative_gradient(string loss)
    {
        var objective = (IBlockNewton<double>)Point().Objective(loss);
        var workspace = objective.CreateWorkspace();
        var at = SyntheticPoint<double>.Start(objective);
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(at, gradient, workspace);
        for (var factor = 0; factor < objective.Blocks.Count; factor++)
        {
            if (objective.Blocks[factor].Systems != BlockSystems.None)
            {
                RequireNewtonStep(objective, factor, at, gradient, workspace);
            }
        }
    }

    /// <summary>Where the loss is convex in a factor nothing is damped, and a step solves its systems exactly though they are of no quadratic.</summary>
    [Theory]
    [InlineData("DenseData.Logistic")]
    [InlineData("Categorical.WeightedLogistic")]
    [InlineData("DenseData.LogCoshError")]
    [InlineData("Categorical.Logistic")]
    [InlineData("Counts.Poisson")]
    public void Of_a_convex_loss_the_step_is_exact(string loss) => RequireExactSteps(loss, Point());

    /// <summary>Each user's row has a softmax of its own, which a movie's row is in with all others.</summary>
    [Theory]
    [InlineData("Categorical.Softmax")]
    [InlineData("Penalized.Softmax")]
    public void Of_a_softmax_of_rows_the_step_in_the_rows_is_exact(string loss)
    {
        var objective = (IBlockNewton<double>)Point().Objective(loss);
        Assert.Equal([BlockSystems.EachRow, BlockSystems.None], objective.Blocks.Select(b => b.Systems));
        var workspace = objective.CreateWorkspace();
        var at = SyntheticPoint<double>.Start(objective);
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(at, gradient, workspace);
        Assert.False(IsDamped(objective, 0, at, gradient, workspace));
    }

    /// <summary>Of so many pairs, weights are evaluated for a part of the rows at a time.</summary>
    [Fact]
    public void The_step_is_exact_also_where_weights_of_pairs_are_streamed_in_parts() =>
        RequireExactSteps("Categorical.WeightedLogistic", new(900, 2500, 3, 9000));

    private static void RequireExactSteps(string loss, SyntheticPoint<double> point)
    {
        var objective = (IBlockNewton<double>)point.Objective(loss);
        var workspace = objective.CreateWorkspace();
        var at = SyntheticPoint<double>.Start(objective);
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(at, gradient, workspace);
        for (var factor = 0; factor < objective.Blocks.Count; factor++)
        {
            Assert.NotEqual(BlockSystems.None, objective.Blocks[factor].Systems);
            Assert.False(IsDamped(objective, factor, at, gradient, workspace), $"factor {factor} of {loss}");
        }
    }

    private static void RequireNewtonStep(
        IBlockNewton<double> objective, int factor, Parameters<double> at, Parameters<double> gradient, Workspace workspace) =>
        Assert.False(IsDamped(objective, factor, at, gradient, workspace) && objective.Blocks[factor].IsQuadratic, $"factor {factor} of {objective.Layout.Factors[factor]}");

    /// <summary>Whether the step, which leads downhill, solves other systems than those of the second derivative.</summary>
    private static bool IsDamped(
        IBlockNewton<double> objective, int factor, Parameters<double> at, Parameters<double> gradient, Workspace workspace)
    {
        var (step, product) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        objective.NewtonStep(factor, at, step, workspace);
        ((IHessianVectorProduct<double>)objective).HessianVectorProduct(at, step, product, workspace);

        var (expected, found) = (gradient[factor].Span.ToArray(), product[factor].Span.ToArray());
        var scale = expected.Max(Math.Abs);
        var isDamped = expected.Zip(found).Any(pair => Math.Abs(pair.First + pair.Second) > 1e-8 * scale);
        var slope = gradient[factor].Span.ToArray().Zip(step[factor].Span.ToArray()).Sum(pair => pair.First * pair.Second);
        Assert.True(slope < 0, $"The step in factor {factor} leads uphill: {slope}.");
        return isDamped;
    }

    private static SyntheticPoint<double> Point() => new(60, 50, 5, 900);
}
