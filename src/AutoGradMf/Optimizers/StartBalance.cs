using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Brings factors that an objective does not tell apart, but for ridges, to one size before a run begins where a start has them far from
/// it, as factors of another program may be: from there the ridge of the larger one is all that an optimizer sees at first, and draws the product to zero.
/// </summary>
internal static class StartBalance
{
    /// <summary>Starts at random are nearer where ridges are equal, of as many users as there are movies times ten thousand.</summary>
    private const double Far = 10;

    /// <summary>The start, or an equal one whose factors are of one size. Two evaluations where they were not.</summary>
    public static Parameters<TElement> Of<TElement>(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var scalings = PairBalances<TElement>.Scalings(objective, start);
        if (!scalings.Exists(scaling => scaling.Distance(start) > Far))
        {
            return start;
        }

        var balanced = start.Copy();
        AxisScaling<TElement>.ApplyAll(scalings, balanced);
        var workspace = objective.CreateWorkspace(workers);
        var value = objective.Value(start, workspace);
        return objective.Value(balanced, workspace) <= value + (ValueRounding<TElement>.Part * Math.Abs(value)) ? balanced : start;
    }
}
