using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The number of threads changes no bit: work is cut by the data, here into several chunks in every kernel.</summary>
public class ThreadTests
{
    public static TheoryData<string> Losses => [.. GeneratedLoss.All];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_number_of_threads_changes_no_bit_in_double(string loss) => RequireSameBits<double>(loss);

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_number_of_threads_changes_no_bit_in_float(string loss) => RequireSameBits<float>(loss);

    private static void RequireSameBits<TElement>(string loss)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var point = new SyntheticPoint<TElement>(1100, 1000, 24, 20_000);
        var objective = point.Objective(loss);
        var expected = Evaluate(objective, 1);
        Assert.Contains(expected.Skip(2), number => number != 0);
        Assert.All(expected, number => Assert.True(double.IsFinite(number)));
        foreach (var threads in (int[])[2, 3, 5])
        {
            Assert.Equal(expected, Evaluate(objective, threads));
        }
    }

    /// <summary>Value, value beside the gradient, and all that the objective's further methods give, one after the other.</summary>
    private static double[] Evaluate<TElement>(IObjective<TElement> objective, int threads)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        using var workers = new Workers(threads);
        var workspace = objective.CreateWorkspace(workers);
        var at = SyntheticPoint<TElement>.Start(objective);
        var (gradient, product) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        double[] values = [objective.Value(at, workspace), objective.ValueAndGradient(at, gradient, workspace)];
        (objective as IHessianVectorProduct<TElement>)?.HessianVectorProduct(
            at, SyntheticPoint<TElement>.Direction(objective), product, workspace);
        var step = new Parameters<TElement>(objective.Layout);
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            if (objective is IBlockNewton<TElement> newton && newton.Blocks[factor].Systems != BlockSystems.None)
            {
                newton.NewtonStep(factor, at, step, workspace);
            }
        }

        var (positive, negative) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        (objective as ISignSplit<TElement>)?.SignSplit(at, positive, negative, workspace);
        var bounds = new Parameters<TElement>(objective.Layout);
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            if (objective is ICurvatureBound<TElement> bounded && bounded.HasCurvatureBound[factor])
            {
                var count = objective.Layout.Factors[factor].SliceCount(bounded.CurvatureBoundAxes[factor]);
                var ofRows = new MatrixView<TElement>(new TElement[count], 0, count, 1);
                bounded.CurvatureBound(factor, at, ofRows, workspace);
                ofRows.Span.CopyTo(bounds[factor].Span);
            }
        }

        return [.. new[] { gradient, product, step, positive, negative, bounds }.SelectMany(Numbers).Prepend(values[1]).Prepend(values[0])];
    }

    private static IEnumerable<double> Numbers<TElement>(Parameters<TElement> parameters)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        parameters.Values.ToArray().Select(double.CreateChecked);
}
