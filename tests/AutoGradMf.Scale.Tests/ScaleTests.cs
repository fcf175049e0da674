using System.Diagnostics;
using System.Numerics.Tensors;
using AutoGradMf.Corpus.Tests;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Scale.Tests;

/// <summary>
/// No m×n, ever, beside sparse data: the losses at a size where one matrix of all pairs would take 70 GB, in a process of their own.
/// </summary>
public sealed class ScaleTests(LargePoint large) : IClassFixture<LargePoint>
{
    private const int Gigabyte = 1 << 30;

    /// <summary>
    /// What is not run at this size, since it must visit every pair: 1.7·10¹⁰ of them cost 10¹² flops and more. C2 takes the softplus of
    /// every score, C8 the exponential.
    /// </summary>
    private static readonly string[] Streamed = ["Categorical.WeightedLogistic", "Categorical.Softmax"];

    /// <summary>Each loss once: in other words it has the same plan.</summary>
    public static TheoryData<string> NeverOverAllPairs =>
        [.. GeneratedLoss.BesideSparse.Except(Streamed).Where(loss => !GeneratedLoss.IsVariation(loss))];

    public static TheoryData<string> OverAllPairs => [.. Streamed];

    /// <summary>Each loss of samples once.</summary>
    public static TheoryData<string> OfSamples => [.. GeneratedLoss.All.Where(loss => loss.StartsWith(nameof(Ranking), StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(NeverOverAllPairs))]
    public void A_loss_beside_sparse_data_takes_memory_for_its_factors_and_entries_alone(string loss)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var objective = large.Point.Objective(loss);
        var made = GC.GetTotalAllocatedBytes(precise: true) - before;

        // In numbers: some 20 arrays of a factor's or of the entries' size, of some 3 and 9 million.
        Assert.InRange(made + AllocatedBy(objective), 0, 20 * sizeof(float) * LargePoint.Numbers);
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64, 0, 4L * Gigabyte);
    }

    /// <summary>One loss for each kind of systems: the same for all rows, weighted, of entries, of both, of numbers, of weights that change.</summary>
    [Theory]
    [InlineData("SquaredError.Filled")]
    [InlineData("SquaredError.Biased")]
    [InlineData("SquaredError.Implicit")]
    [InlineData("SquaredError.ThreeFactors")]
    [InlineData("SquaredError.SvdPlusPlus")]
    [InlineData("AllPairs.TriFactor")]
    [InlineData("AllPairs.WeightedByFrequency")]
    [InlineData("AllPairs.WeightedByProduct")]
    [InlineData("AllPairs.CubicDivergence")]
    [InlineData("Counts.KullbackLeibler")]
    [InlineData("Categorical.Logistic")]
    public void Newton_steps_bounds_and_gradients_by_sign_take_no_more(string loss)
    {
        Assert.InRange(AllocatedByCapabilities(large.Point.Objective(loss)), 0, 20 * sizeof(float) * LargePoint.Numbers);
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64, 0, 4L * Gigabyte);
    }

    /// <summary>The features of all samples would take 384 MB.</summary>
    [Theory]
    [MemberData(nameof(OfSamples))]
    public void A_loss_of_samples_keeps_numbers_for_each_of_them_and_no_row(string loss)
    {
        var objective = large.Point.Objective(loss);
        const long factors = (LargePoint.Users + LargePoint.Movies) * (long)LargePoint.Rank, samples = LargePoint.Entries;
        Assert.InRange(AllocatedBy(objective), 0, sizeof(float) * ((7 * factors) + (10 * samples)));
        Assert.InRange(AllocatedByCapabilities(objective), 0, sizeof(float) * ((7 * factors) + (10 * samples)));
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64, 0, 4L * Gigabyte);
    }

    /// <summary>All pairs would take 96 MB here, in float. Of so many features, kernels fill their registers and hold no padding.</summary>
    [Theory]
    [MemberData(nameof(OverAllPairs))]
    public void A_loss_over_all_pairs_holds_tiles_of_them(string loss)
    {
        const int users = 6_000, movies = 4_000, rank = 32, entries = 50_000;
        var point = new SyntheticPoint<float>(users, movies, rank, entries);

        // Kernels hold what 16 chunks sum over rows, for the gradient and for the two products of the Hessian's; evaluations hold tiles of
        // pairs, and Newton steps the weights of 2²⁰ pairs.
        const long inputs = ((users + movies) * rank) + entries, chunks = 16L * movies * rank, tile = 1L << 20;
        var objective = point.Objective(loss);
        Assert.InRange(AllocatedBy(objective), 0, sizeof(float) * ((20 * inputs) + (2 * chunks) + tile));
        Assert.InRange(AllocatedByCapabilities(objective), 0, sizeof(float) * ((12 * inputs) + (3 * chunks) + tile));
    }

    /// <summary>
    /// What a workspace and a value, a gradient and a Hessian-vector product allocate, all of which must be finite. Nothing is freed in this
    /// sum, so it is no less than what is held at any time.
    /// </summary>
    private static long AllocatedBy(IObjective<float> objective)
    {
        var (at, direction) = (SyntheticPoint<float>.Start(objective), SyntheticPoint<float>.Direction(objective));
        var (gradient, product) = (new Parameters<float>(objective.Layout), new Parameters<float>(objective.Layout));
        var curvature = objective as IHessianVectorProduct<float>;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var workspace = objective.CreateWorkspace();
        var value = objective.ValueAndGradient(at, gradient, workspace);
        curvature?.HessianVectorProduct(at, direction, product, workspace);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(double.IsFinite(value) && value != 0, $"The value is {value}.");
        RequireFinite(gradient);
        if (curvature is not null)
        {
            RequireFinite(product);
        }

        return allocated;
    }

    /// <summary>What Newton steps in each factor, curvature bounds and the gradient by sign allocate, as far as a loss has them.</summary>
    private static long AllocatedByCapabilities(IObjective<float> objective)
    {
        var (at, into, negative) = (SyntheticPoint<float>.Start(objective), new Parameters<float>(objective.Layout), new Parameters<float>(objective.Layout));
        var (newton, bounded, split) = (objective as IBlockNewton<float>, objective as ICurvatureBound<float>, objective as ISignSplit<float>);
        var bounds = (bounded?.CurvatureBoundAxes ?? []).Zip(objective.Layout.Factors, (axis, f) => f.SliceCount(axis)).Select(count => new MatrixView<float>(new float[count], 0, count, 1)).ToArray();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var workspace = objective.CreateWorkspace();
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            if (newton is not null && newton.Blocks[factor].Systems != BlockSystems.None)
            {
                newton.NewtonStep(factor, at, into, workspace);
                RequireFinite(into);
            }

            if (bounded is not null && bounded.HasCurvatureBound[factor])
            {
                bounded.CurvatureBound(factor, at, bounds[factor], workspace);
                Assert.All([TensorPrimitives.Min<float>(bounds[factor].Span), TensorPrimitives.Max<float>(bounds[factor].Span)], bound => Assert.InRange(bound, 0, float.MaxValue));
            }
        }

        if (split is not null)
        {
            split.SignSplit(at, into, negative, workspace);
            Assert.True(float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(into.Values) + TensorPrimitives.SumOfMagnitudes<float>(negative.Values)));
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void RequireFinite(Parameters<float> parameters)
    {
        // A number that is not finite makes the sum so.
        var magnitude = TensorPrimitives.SumOfMagnitudes<float>(parameters.Values);
        Assert.True(float.IsFinite(magnitude) && magnitude > 0, $"The magnitudes add up to {magnitude}.");
    }
}
