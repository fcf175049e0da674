using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Corpus.Tests;
using AutoGradMf.Objectives;
using Xunit;
using Xunit.Abstractions;

namespace AutoGradMf.Scale.Tests;

/// <summary>
/// No m×n, ever, beside sparse data: the losses at a size where one matrix of all pairs would take 70 GB, in a process of their own.
/// </summary>
public sealed class ScaleTests : IClassFixture<LargePoint>
{
    private const int Gigabyte = 1 << 30;

    private readonly LargePoint _large;
    private readonly ITestOutputHelper _output;

    /// <summary>What other losses left behind is no memory of the next.</summary>
    public ScaleTests(LargePoint point, ITestOutputHelper output)
    {
        (_large, _output) = (point, output);
        GC.Collect();
    }

    /// <summary>
    /// What is run at this size only if asked for, since it must visit every pair: 1.7·10¹⁰ of them cost 10¹² flops and more. C2 takes the softplus
    /// of every score, C8 the exponential.
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
        var objective = _large.Point.Objective(loss);
        var made = GC.GetTotalAllocatedBytes(precise: true) - before;

        // In numbers: some 20 arrays of a factor's or of the entries' size, of some 3 and 9 million.
        Assert.InRange(made + AllocatedBy(objective), 0, 20 * sizeof(float) * LargePoint.Numbers);
        RequirePeakMemory();
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
        Assert.InRange(AllocatedByCapabilities(_large.Point.Objective(loss)), 0, 20 * sizeof(float) * LargePoint.Numbers);
        RequirePeakMemory();
    }

    /// <summary>One loss for each shape of the corpus's table of costs, and with all that it has.</summary>
    [Theory]
    [InlineData("SquaredError.Filled")]
    [InlineData("SquaredError.Masked")]
    [InlineData("SquaredError.Implicit")]
    [InlineData("SquaredError.SvdPlusPlus")]
    [InlineData("SquaredError.Features")]
    [InlineData("Counts.KullbackLeibler")]
    [InlineData("Categorical.Logistic")]
    [InlineData("AllPairs.Collective")]
    [InlineData("AllPairs.TriFactor")]
    public void A_loss_in_double_takes_no_more_numbers(string loss)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var objective = _large.WidePoint.Objective(loss);
        var made = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.InRange(made + AllocatedBy(objective), 0, 20 * sizeof(double) * LargePoint.Numbers);
        Assert.InRange(AllocatedByCapabilities(objective), 0, 20 * sizeof(double) * LargePoint.Numbers);
        RequirePeakMemory();
    }

    /// <summary>The features of all samples would take 384 MB.</summary>
    [Theory]
    [MemberData(nameof(OfSamples))]
    public void A_loss_of_samples_keeps_numbers_for_each_of_them_and_no_row(string loss)
    {
        var objective = _large.Point.Objective(loss);
        const long factors = (LargePoint.Users + LargePoint.Movies) * (long)LargePoint.Rank, samples = LargePoint.Entries;
        Assert.InRange(AllocatedBy(objective), 0, sizeof(float) * ((7 * factors) + (10 * samples)));
        Assert.InRange(AllocatedByCapabilities(objective), 0, sizeof(float) * ((7 * factors) + (10 * samples)));
        RequirePeakMemory();
    }

    /// <summary>
    /// All pairs would take 96 MB here, in float. Of so many features, kernels fill their registers and hold no padding. AUTOGRADMF_STREAMED=1
    /// takes value and gradient of all pairs of the large point instead, which would be 70 GB: some minutes.
    /// </summary>
    [Theory]
    [MemberData(nameof(OverAllPairs))]
    public void A_loss_over_all_pairs_holds_tiles_of_them(string loss)
    {
        var isLarge = Environment.GetEnvironmentVariable("AUTOGRADMF_STREAMED") == "1";
        var (users, movies, rank, entries) = isLarge ? (LargePoint.Users, LargePoint.Movies, LargePoint.Rank, LargePoint.Entries) : (6_000, 4_000, 32, 50_000);
        var point = isLarge ? _large.Point : new SyntheticPoint<float>(users, movies, rank, entries);

        // Kernels hold what 16 chunks sum over rows, for the gradient and for the two products of the Hessian's; evaluations hold tiles of
        // pairs, and Newton steps the weights of 2²⁰ pairs.
        const long tile = 1L << 20;
        long inputs = ((users + movies) * (long)rank) + entries, chunks = 16L * movies * rank;
        var objective = point.Objective(loss);
        Assert.InRange(AllocatedBy(objective, withCurvature: !isLarge), 0, sizeof(float) * ((20 * inputs) + (2 * chunks) + tile));
        if (!isLarge)
        {
            Assert.InRange(AllocatedByCapabilities(objective), 0, sizeof(float) * ((12 * inputs) + (3 * chunks) + tile));
        }

        RequirePeakMemory();
    }

    /// <summary>What the process took at most, of this loss and of those before it.</summary>
    private void RequirePeakMemory()
    {
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{peak / (double)Gigabyte:0.00} GB of 4"));
        Assert.InRange(peak, 0, 4L * Gigabyte);
    }

    /// <summary>
    /// What a workspace and a value, a gradient and a Hessian-vector product allocate, all of which must be finite. Nothing is freed in this
    /// sum, so it is no less than what is held at any time.
    /// </summary>
    private static long AllocatedBy<TElement>(IObjective<TElement> objective, bool withCurvature = true)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (at, direction) = (SyntheticPoint<TElement>.Start(objective), SyntheticPoint<TElement>.Direction(objective));
        var (gradient, product) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        var curvature = withCurvature ? objective as IHessianVectorProduct<TElement> : null;
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
    private static long AllocatedByCapabilities<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (at, into, negative) = (SyntheticPoint<TElement>.Start(objective), new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        var (newton, bounded, split) = (objective as IBlockNewton<TElement>, objective as ICurvatureBound<TElement>, objective as ISignSplit<TElement>);
        var bounds = (bounded?.CurvatureBoundAxes ?? []).Zip(objective.Layout.Factors, (axis, f) => f.SliceCount(axis))
            .Select(count => new MatrixView<TElement>(new TElement[count], 0, count, 1)).ToArray();
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
                Assert.All(
                    [TensorPrimitives.Min<TElement>(bounds[factor].Span), TensorPrimitives.Max<TElement>(bounds[factor].Span)],
                    bound => Assert.InRange(double.CreateChecked(bound), 0, float.MaxValue));
            }
        }

        if (split is not null)
        {
            split.SignSplit(at, into, negative, workspace);
            Assert.True(TElement.IsFinite(TensorPrimitives.SumOfMagnitudes<TElement>(into.Values) + TensorPrimitives.SumOfMagnitudes<TElement>(negative.Values)));
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void RequireFinite<TElement>(Parameters<TElement> parameters)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        // A number that is not finite makes the sum so.
        var magnitude = TensorPrimitives.SumOfMagnitudes<TElement>(parameters.Values);
        Assert.True(TElement.IsFinite(magnitude) && magnitude > TElement.Zero, $"The magnitudes add up to {magnitude}.");
    }
}
