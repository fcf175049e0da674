using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Factors that only ridges tell apart, one a million times too large and the others too small: the same predictions, from where every
/// optimizer comes as far as from factors of one size.
/// </summary>
public class UnbalancedStartTests
{
    private const int Iterations = 40;

    /// <summary>
    /// Factors of one size need not be those of the start that they are compared with, and some steps depend on their sizes.
    /// </summary>
    private const double MostLeft = 0.3;

    public static TheoryData<string, string> Pairs => EveryOptimizer.With(
    [
        "SquaredError.Masked", "SquaredError.Ridged", "SquaredError.Implicit", "Penalized.ThreeFactors", "Penalized.WeightedFeatures",
        "Penalized.CauchyError", "Penalized.Bpr", "Penalized.ThreeWay", "Robust.HuberError", "Counts.Poisson", "Bounded.NonNegative", "SquaredError.FeaturesFirst",
    ]);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_start_of_one_factor_too_large_leads_as_far(string loss, string optimizer)
    {
        RequireAsFar<double>(loss, optimizer, 1e6);
        RequireAsFar<float>(loss, optimizer, 1e4);
    }

    /// <summary>Where the objective tells the factors apart, a start is where the caller says.</summary>
    [Theory]
    [InlineData("Bounded.Box")]
    [InlineData("Regularizers.ElasticNet")]
    [InlineData("SquaredError.CountWeighted")]
    public void Other_starts_are_left_as_they_are(string loss)
    {
        var objective = new SyntheticPoint<double>(30, 25, 3, 300).Objective(loss);
        var start = Scaled(SyntheticPoint<double>.Start(objective), 1e3);
        var reached = new ProjectedGradient<double>().Minimize(objective, start, new() { MaxIterations = 0 });
        var expected = new Initialization.WarmStart<double>(start).Start(objective, 0, Kernels.Workers.Shared, default);
        Assert.Equal(expected.Values.ToArray(), reached.Parameters.Values.ToArray());
    }

    private static void RequireAsFar<TElement>(string loss, string optimizer, double scale)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = new SyntheticPoint<TElement>(30, 25, 3, 300).Objective(loss);
        var start = SyntheticPoint<TElement>.Start(objective);
        var workspace = objective.CreateWorkspace();

        var (even, uneven) = (Reached(start), Reached(Scaled(start, scale)));

        var first = objective.Value(start, workspace);
        Assert.True(
            even < first && uneven <= even + (MostLeft * (first - even)),
            $"From {first} it falls to {even}, and to {uneven} from factors {scale} times apart.");

        double Reached(Parameters<TElement> from) => EveryOptimizer.Of<TElement>()[optimizer].Minimize(
            objective, from, new() { MaxIterations = Iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0 }).Objective;
    }

    /// <summary>The first factor is multiplied, and what stands beside it in a product divided: the last.</summary>
    private static Parameters<TElement> Scaled<TElement>(Parameters<TElement> start, double scale)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var scaled = start.Copy();
        var first = scaled[0].Span;
        var last = scaled[scaled.Layout.Factors.Count - 1].Span;
        System.Numerics.Tensors.TensorPrimitives.Multiply(first, TElement.CreateChecked(scale), first);
        System.Numerics.Tensors.TensorPrimitives.Divide(last, TElement.CreateChecked(scale), last);
        return scaled;
    }
}
