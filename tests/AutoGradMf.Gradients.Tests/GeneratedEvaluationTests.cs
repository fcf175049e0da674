using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>How generated objectives evaluate: without allocating, alike on any number of threads, in float as in double.</summary>
public class GeneratedEvaluationTests
{
    public static TheoryData<string> Losses => [.. RandomLoss.Names];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_warm_evaluation_allocates_nothing(string loss)
    {
        var objective = RandomLoss.Objective<double>(loss, 120, 90, 7);
        var (at, gradient) = (RandomLoss.Point(objective), new Parameters<double>(objective.Layout));
        using var workers = new Workers(1);
        var workspace = objective.CreateWorkspace(workers);
        for (var warm = 0; warm < 50; warm++)
        {
            objective.ValueAndGradient(at, gradient, workspace);
            objective.Value(at, workspace);
        }

        // The runtime may allocate on any thread where it loads code, but hardly in two rounds.
        var allocating = 0;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            objective.ValueAndGradient(at, gradient, workspace);
            objective.Value(at, workspace);
            allocating += GC.GetAllocatedBytesForCurrentThread() == before ? 0 : 1;
        }

        Assert.InRange(allocating, 0, 1);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_number_of_threads_changes_no_bit(string loss)
    {
        var objective = RandomLoss.Objective<double>(loss, 700, 500, 9);
        var at = RandomLoss.Point(objective);
        var (one, oneGradient) = Evaluate(objective, at, 1);
        foreach (var threads in new[] { 2, 3 })
        {
            var (value, gradient) = Evaluate(objective, at, threads);
            Assert.Equal(BitConverter.DoubleToInt64Bits(one), BitConverter.DoubleToInt64Bits(value));
            Assert.True(oneGradient.Values.SequenceEqual(gradient.Values));
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Float_agrees_with_double(string loss)
    {
        var (narrow, wide) = (RandomLoss.Objective<float>(loss, 60, 45, 8), RandomLoss.Objective<double>(loss, 60, 45, 8));
        var (narrowValue, narrowGradient) = Evaluate(narrow, RandomLoss.Point(narrow), 1);
        var (wideValue, wideGradient) = Evaluate(wide, RandomLoss.Point(wide), 1);

        // Sums of up to 60 · 45 terms, each rounded to 6e-8.
        Assert.Equal(wideValue, narrowValue, 2e-6 * Math.Abs(wideValue));
        var scale = wideGradient.Values.ToArray().Max(Math.Abs);
        for (var p = 0; p < wideGradient.Layout.Count; p++)
        {
            Assert.Equal(wideGradient.Values[p], narrowGradient.Values[p], 2e-6 * scale);
        }
    }

    [Fact]
    public void Data_of_a_wrong_shape_is_refused_with_both_shapes()
    {
        var (ratings, weights) = (Sparse(3, 4), Sparse(3, 5));
        var exception = Assert.Throws<ArgumentException>(() => new ReferenceLosses.WeightedObjective<double>(weights, ratings, 0.5, 2));
        Assert.Contains("3×5", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3×4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_and_workspaces_of_another_objective_are_refused()
    {
        var (here, there) = (RandomLoss.Objective<double>("Masked", 5, 6, 2), RandomLoss.Objective<double>("Masked", 5, 6, 3));
        var exception = Assert.Throws<ArgumentException>(() => here.Value(RandomLoss.Point(there), here.CreateWorkspace()));
        Assert.Contains("5×3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("5×2", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => here.Value(RandomLoss.Point(here), there.CreateWorkspace()));
    }

    private static (double Value, Parameters<TElement> Gradient) Evaluate<TElement>(
        IObjective<TElement> objective, Parameters<TElement> at, int threads)
        where TElement : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<TElement>
    {
        using var workers = new Workers(threads);
        var gradient = new Parameters<TElement>(objective.Layout);
        return (objective.ValueAndGradient(at, gradient, objective.CreateWorkspace(workers)), gradient);
    }

    private static SparseMatrix<double> Sparse(int rows, int columns) =>
        SparseMatrix<double>.FromCoordinates(rows, columns, [(0, 0, 1.0), (2, 3, 2.0)]);
}
