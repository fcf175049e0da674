using System.Globalization;
using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The Hessian of every loss of the corpus, times a direction, against differences of its gradient.</summary>
public class HessianVectorProductTests
{
    /// <summary>Where the gradient is finite and not zero but for rounding, at scores where powers of e overflow or vanish, too.</summary>
    /// <remarks>
    /// But for log-cosh that is written with Abs, at its kink at score 0: the function is smooth there, and its second derivative 1, but the chain rule over Abs,
    /// whose slope is 0 there by convention, gives 0. So the largest element of the product is 0, and not 0.68.
    /// </remarks>
    public static TheoryData<string, string> Finite => GeneratedLoss.At((loss, at) => !at.IsPerfect && Gradient(at).All(double.IsFinite)
        && !(loss == "Rewritten.MethodGroup" && at.Point.StartsWith("score 0 ", StringComparison.Ordinal)));

    /// <summary>Where float holds the gradient and the product, too.</summary>
    public static TheoryData<string, string> WithinFloat => GeneratedLoss.At((loss, at) => !at.IsPerfect && Gradient(at).All(x => Math.Abs(x) < 1e30)
        && !(Largest(Product<double>(loss, at).Product) > float.MaxValue));

    [Theory]
    [MemberData(nameof(Finite))]
    public void Agrees_with_differences_of_the_gradient(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var (objective, start, direction, product) = Product<double>(loss, at);

        // Richardson's extrapolation of central differences: the error is of order h⁴, and what the gradient's rounding makes of it.
        var step = StepAt(at);
        var (near, far) = (Difference(objective, start, direction, step), Difference(objective, start, direction, 2 * step));
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(start, gradient, objective.CreateWorkspace());
        var tolerance = (1e-7 * Math.Max(Largest(product), Largest(gradient))) + (1e-12 * Math.Max(1, at.Expected.ValueScale));
        for (var p = 0; p < objective.Layout.Count; p++)
        {
            Assert.Equal(((4 * near[p]) - far[p]) / 3, product.Values[p], tolerance);
        }
    }

    /// <summary>In units of the product's largest element, and of the score, whose derivative along the direction is about as large, and cancels.</summary>
    [Theory]
    [MemberData(nameof(WithinFloat))]
    public void In_float_agrees_with_double(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var (expected, actual) = (Product<double>(loss, at).Product, Product<float>(loss, at).Product);
        var tolerance = (1e-5 * Math.Max(1, Largest(expected))) + (1e-7 * ScoreAt(at));
        for (var p = 0; p < expected.Layout.Count; p++)
        {
            Assert.Equal(expected.Values[p], actual.Values[p], tolerance);
        }
    }

    private static IEnumerable<double> Gradient(CorpusCase at) => at.Expected.Gradient.Values.SelectMany(g => g);

    /// <summary>The product with a random direction, into room that is full of NaN before.</summary>
    private static (IObjective<TElement> Objective, Parameters<TElement> Start, Parameters<TElement> Direction, Parameters<TElement> Product) Product<TElement>(
        string loss, CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Assert.IsType<IHessianVectorProduct<TElement>>(GeneratedLoss.Objective<TElement>(loss, at), exactMatch: false);
        var (start, direction) = (GeneratedLoss.Start(objective, at), Parameters<TElement>.Normal(objective.Layout, 1, seed: 7));
        var product = new Parameters<TElement>(objective.Layout);
        product.Values.Fill(TElement.NaN);
        objective.HessianVectorProduct(start, direction, product, objective.CreateWorkspace());
        return (objective, start, direction, product);
    }

    /// <summary>A step within which the score changes by little: beside what it is in a logarithm, and beside 1 in an exponential.</summary>
    private static double StepAt(CorpusCase at)
    {
        var score = ScoreAt(at);
        return 1e-4 * (score > 1 ? 1 / score : at.Loss is "D2" or "D3" ? score : 1);
    }

    private static double ScoreAt(CorpusCase at) => at.IsExtreme ? Math.Abs(double.Parse(at.Point.Split(' ')[1], CultureInfo.InvariantCulture)) : 1;

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
