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

    [Theory]
    [MemberData(nameof(NeverOverAllPairs))]
    public void A_loss_beside_sparse_data_takes_memory_for_its_factors_and_entries_alone(string loss)
    {
        var allocated = AllocatedBy(loss, large.Point);

        // In numbers: some 20 arrays of a factor's or of the entries' size, of some 3 and 9 million.
        const long inputs = ((LargePoint.Users + LargePoint.Movies) * (long)LargePoint.Rank) + LargePoint.Entries;
        Assert.InRange(allocated, 0, 20 * sizeof(float) * inputs);
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
        Assert.InRange(AllocatedBy(loss, point), 0, sizeof(float) * ((20 * inputs) + (2 * chunks) + tile));
        Assert.InRange(AllocatedBySteps(point.Objective(loss)), 0, sizeof(float) * ((6 * inputs) + chunks + tile));
    }

    /// <summary>
    /// What the objective, its workspace and a value, a gradient and a Hessian-vector product allocate, all of which must be finite.
    /// Nothing is freed in this sum, so it is no less than what is held at any time.
    /// </summary>
    private static long AllocatedBy(string loss, SyntheticPoint<float> point)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var objective = point.Objective(loss);
        var workspace = objective.CreateWorkspace();
        var made = GC.GetTotalAllocatedBytes(precise: true) - before;

        var (at, direction) = (SyntheticPoint<float>.Start(objective), SyntheticPoint<float>.Direction(objective));
        var (gradient, product) = (new Parameters<float>(objective.Layout), new Parameters<float>(objective.Layout));
        var curvature = objective as IHessianVectorProduct<float>;
        before = GC.GetTotalAllocatedBytes(precise: true);
        var value = objective.ValueAndGradient(at, gradient, workspace);
        curvature?.HessianVectorProduct(at, direction, product, workspace);
        var evaluated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.True(double.IsFinite(value) && value != 0, $"The value is {value}.");
        RequireFinite(gradient);
        if (curvature is not null)
        {
            RequireFinite(product);
        }

        return made + evaluated;
    }

    /// <summary>What Newton steps allocate, of a loss that has them.</summary>
    private static long AllocatedBySteps(IObjective<float> objective)
    {
        var (at, step, workspace) = (SyntheticPoint<float>.Start(objective), new Parameters<float>(objective.Layout), objective.CreateWorkspace());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            if (objective is IBlockNewton<float> newton && newton.Blocks[factor].Systems != BlockSystems.None)
            {
                newton.NewtonStep(factor, at, step, workspace);
                RequireFinite(step);
            }
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
