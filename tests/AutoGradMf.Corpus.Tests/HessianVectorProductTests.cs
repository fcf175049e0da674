using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The Hessian of every loss of the corpus, times a direction, against differences of its gradient.</summary>
public class HessianVectorProductTests
{
    public static TheoryData<string, string> Generic => GeneratedLossTests.Generic;

    [Theory]
    [MemberData(nameof(Generic))]
    public void Agrees_with_differences_of_the_gradient(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var objective = Assert.IsType<IHessianVectorProduct<double>>(GeneratedLoss.Objective<double>(loss, at), exactMatch: false);
        var (start, direction) = (GeneratedLoss.Start(objective, at), Parameters<double>.Normal(objective.Layout, 1, seed: 7));
        var product = new Parameters<double>(objective.Layout);
        product.Values.Fill(double.NaN);
        objective.HessianVectorProduct(start, direction, product, objective.CreateWorkspace());

        // Richardson's extrapolation of central differences: the error is of order h⁴, and what the gradient's rounding makes of it.
        const double Step = 1e-4;
        var (near, far) = (Difference(objective, start, direction, Step), Difference(objective, start, direction, 2 * Step));
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(start, gradient, objective.CreateWorkspace());
        var tolerance = (1e-7 * Math.Max(Largest(product), Largest(gradient))) + (1e-12 * Math.Max(1, at.Expected.ValueScale));
        for (var p = 0; p < objective.Layout.Count; p++)
        {
            Assert.Equal(((4 * near[p]) - far[p]) / 3, product.Values[p], tolerance);
        }
    }

    private static double Largest(Parameters<double> parameters) => parameters.Values.ToArray().Max(Math.Abs);

    private static double[] Difference(IObjective<double> objective, Parameters<double> at, Parameters<double> direction, double step)
    {
        var (up, down) = (Gradient(objective, at, direction, step), Gradient(objective, at, direction, -step));
        return [.. up.Zip(down, (u, d) => (u - d) / (2 * step))];
    }

    private static double[] Gradient(IObjective<double> objective, Parameters<double> at, Parameters<double> direction, double step)
    {
        var (moved, gradient) = (at.Copy(), new Parameters<double>(objective.Layout));
        for (var p = 0; p < moved.Layout.Count; p++)
        {
            moved.Values[p] += step * direction.Values[p];
        }

        objective.ValueAndGradient(moved, gradient, objective.CreateWorkspace());
        return gradient.Values.ToArray();
    }
}
