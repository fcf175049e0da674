using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Alone in its collection, so that no other test allocates meanwhile.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;

/// <summary>A warm evaluation allocates nothing on the managed heap, on its own thread and on the workers'.</summary>
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Rounds = 8;
    private const int RoundsBesideTestHost = 200;

    public static TheoryData<string> Losses => [.. GeneratedLoss.All];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_warm_evaluation_in_double_allocates_nothing(string loss) => RequireNoAllocation<double>(loss);

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_warm_evaluation_in_float_allocates_nothing(string loss) => RequireNoAllocation<float>(loss);

    private static void RequireNoAllocation<TElement>(string loss)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var point = new SyntheticPoint<TElement>(150, 120, 9, 9000);
        var objective = point.Objective(loss);
        var (at, direction) = (SyntheticPoint<TElement>.Start(objective), SyntheticPoint<TElement>.Direction(objective));
        var into = new Parameters<TElement>(objective.Layout);
        using var workers = new Workers(3);
        var workspace = objective.CreateWorkspace(workers);
        var negative = new Parameters<TElement>(objective.Layout);
        var curvature = objective as IHessianVectorProduct<TElement>;
        var newton = objective as IBlockNewton<TElement>;
        var split = objective as ISignSplit<TElement>;
        var bounded = objective as ICurvatureBound<TElement>;
        var bounds = (bounded?.CurvatureBoundAxes ?? []).Zip(objective.Layout.Factors, (axis, f) => f.SliceCount(axis)).Select(count => new MatrixView<TElement>(new TElement[count], 0, count, 1)).ToArray();
        for (var warm = 0; warm < Rounds; warm++)
        {
            Evaluate();
        }

        // A thread makes room for its part of the work when it first takes one, which other threads may have taken until then.
        var own = long.MaxValue;
        for (var attempt = 0; own > 0 && attempt < Rounds; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < Rounds; round++)
            {
                Evaluate();
            }

            own = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, own);

        // Threads of the test host may allocate meanwhile, but not in every round, as an evaluation that allocates would.
        var allocated = long.MaxValue;
        for (var round = 0; allocated > 0 && round < RoundsBesideTestHost; round++)
        {
            var total = GC.GetTotalAllocatedBytes(precise: true);
            Evaluate();
            allocated = GC.GetTotalAllocatedBytes(precise: true) - total;
        }

        Assert.Equal(0, allocated);

        void Evaluate()
        {
            objective.Value(at, workspace);
            objective.ValueAndGradient(at, into, workspace);
            curvature?.HessianVectorProduct(at, direction, into, workspace);
            for (var factor = 0; factor < newton?.Blocks.Count; factor++)
            {
                if (newton.Blocks[factor].Systems != BlockSystems.None)
                {
                    newton.NewtonStep(factor, at, into, workspace);
                }
            }

            for (var factor = 0; factor < bounded?.HasCurvatureBound.Count; factor++)
            {
                if (bounded.HasCurvatureBound[factor])
                {
                    bounded.CurvatureBound(factor, at, bounds[factor], workspace);
                }
            }

            split?.SignSplit(at, into, negative, workspace);
        }
    }
}
