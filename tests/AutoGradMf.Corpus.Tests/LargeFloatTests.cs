using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Floats whose squares, and the squares of whose gradients, are near or beyond what a float holds: numbers such as revenues or counts of bytes.</summary>
public class LargeFloatTests
{
    private const float Unit = 1e12f;

    /// <summary>The square of the gradient of one sample is beyond float.</summary>
    private const float LargestUnit = 1e14f;
    private const int Rank = 3;

    public static TheoryData<IOptimizer<float>> Methods =>
    [
        new AlternatingNewton<float>(), new AlternatingNewton<float> { ConjugateGradientSteps = 3 }, new LimitedMemoryBfgs<float>(), new BoundedLimitedMemoryBfgs<float>(),
        new NewtonConjugateGradient<float>(), new AlternatingMajorization<float>(), new ProjectedGradient<float>(), new MultiplicativeUpdates<float>(),
    ];

    /// <summary>A loss in another unit is the same loss: the objective falls by the same share.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void The_unit_changes_no_method(IOptimizer<float> optimizer)
    {
        var (small, large) = (Fall(optimizer, 1), Fall(optimizer, Unit));
        Assert.InRange(large, 0.5 * small, 2 * small);
    }

    /// <summary>Its steps are as long in any unit: it needs a rate of that of the factors.</summary>
    [Fact]
    public void Adam_moves_where_squares_of_gradients_are_beyond_float()
    {
        var small = Fall(new Adam<float>(0.05), 1);
        var large = Fall(new Adam<float>(0.05 * Math.Sqrt(Unit)), Unit);
        Assert.InRange(large, 0.8 * small, 1.25 * small);
    }

    /// <summary>Its steps are as long in any unit: it needs a rate of that of the factors.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Stochastic_gradient_with_rates_by_row_moves_where_squares_of_gradients_are_beyond_float(double momentum)
    {
        var small = Fall(new StochasticGradient<float> { LearningRate = 0.05, Momentum = momentum }, 1);
        var large = Fall(new StochasticGradient<float> { LearningRate = 0.05 * Math.Sqrt(LargestUnit), Momentum = momentum }, LargestUnit);
        Assert.InRange(large, 0.8 * small, 1.25 * small);
    }

    /// <summary>What is left of the objective after some iterations.</summary>
    private static double Fall(IOptimizer<float> optimizer, float unit)
    {
        var ratings = SmallRatings.Create();
        var scaled = new SparseMatrix<float>(ratings.Pattern, ratings.Values.ToArray().Select(r => (float)r * unit).ToArray());
        var objective = new SquaredError.MaskedObjective<float>(scaled, 0.1 * unit, Rank);
        var start = new UniformInitialization<float>(0.1 * Math.Sqrt(unit), Math.Sqrt(unit)).Start(objective, 1, Kernels.Workers.Shared, default);
        var before = objective.Value(start, objective.CreateWorkspace());
        var after = optimizer.Minimize(objective, start, new() { MaxIterations = 30 });
        Assert.True(double.IsFinite(after.Objective), $"It is {after.Objective}.");
        return after.Objective / before;
    }
}
