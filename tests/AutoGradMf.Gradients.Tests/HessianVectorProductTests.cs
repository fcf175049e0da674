using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Generated Hessian-vector products against differences of the generated gradient.</summary>
public class HessianVectorProductTests
{
    public static TheoryData<string> Losses => [.. RandomLoss.Names];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Agrees_with_central_differences_of_the_gradient(string loss)
    {
        var objective = Assert.IsType<IHessianVectorProduct<double>>(RandomLoss.Objective<double>(loss, 13, 17, 3), exactMatch: false);
        var (at, direction) = (RandomLoss.Point(objective), Parameters<double>.Normal(objective.Layout, 1, seed: 5));
        var product = new Parameters<double>(objective.Layout);
        product.Values.Fill(double.NaN);
        objective.HessianVectorProduct(at, direction, product, objective.CreateWorkspace());

        // The gradient is a cubic along a line: central differences are exact but for h² times its third derivative, and rounding.
        const double Step = 1e-4;
        var (up, down) = (Gradient(objective, at, direction, Step), Gradient(objective, at, direction, -Step));
        var scale = product.Values.ToArray().Max(Math.Abs);
        Assert.True(scale > 0);
        for (var p = 0; p < objective.Layout.Count; p++)
        {
            Assert.Equal((up.Values[p] - down.Values[p]) / (2 * Step), product.Values[p], 1e-7 * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_warm_product_allocates_nothing(string loss)
    {
        var objective = (IHessianVectorProduct<double>)RandomLoss.Objective<double>(loss, 40, 30, 5);
        var (at, direction, into) = (RandomLoss.Point(objective), RandomLoss.Point(objective), new Parameters<double>(objective.Layout));
        using var workers = new Workers(1);
        var workspace = objective.CreateWorkspace(workers);
        for (var warm = 0; warm < 50; warm++)
        {
            objective.HessianVectorProduct(at, direction, into, workspace);
        }

        // The runtime may allocate on any thread where it loads code, but hardly in two rounds.
        var allocating = 0;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            objective.HessianVectorProduct(at, direction, into, workspace);
            allocating += GC.GetAllocatedBytesForCurrentThread() == before ? 0 : 1;
        }

        Assert.InRange(allocating, 0, 1);
    }

    private static Parameters<double> Gradient(IObjective<double> objective, Parameters<double> at, Parameters<double> direction, double step)
    {
        var (moved, gradient) = (at.Copy(), new Parameters<double>(objective.Layout));
        for (var p = 0; p < moved.Layout.Count; p++)
        {
            moved.Values[p] += step * direction.Values[p];
        }

        objective.ValueAndGradient(moved, gradient, objective.CreateWorkspace());
        return gradient;
    }
}
