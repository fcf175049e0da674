using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Whether a run that ends by itself is on the way to minus infinity: a valley that falls so slowly that rounding hides it looks like a
/// minimum. There, one factor multiplied by
/// ever larger numbers is ever lower, down to what is all but minus infinity.
/// </summary>
internal static class EndlessFall
{
    private const double Growth = 8;

    /// <summary>
    /// Of the slope along a factor to the objective, which is as large as a power of it falls: a run that has converged has less.
    /// </summary>
    private const double LeastSlope = 1e-6;

    /// <summary>
    /// The number of the factor that leads to minus infinity, or null. Where the objective is below zero an evaluation for each factor, and more for
    /// those along which it falls: at most as many as there are powers of 8 in the range of the elements, 700 of double. Else none.
    /// </summary>
    /// <param name="objective">What was minimized.</param>
    /// <param name="run">Where it ends.</param>
    /// <param name="workers">The threads that evaluate.</param>
    /// <param name="monitor">Ends the search, which then finds nothing.</param>
    public static int? FindFactor<TElement>(IObjective<TElement> objective, OptimizerRun<TElement> run, Workers workers, StoppingMonitor monitor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var steepest = run.GradientNorm * double.CreateChecked(TensorPrimitives.Norm<TElement>(run.Point.Values));
        if (!(run.Objective < 0) || steepest < -LeastSlope * run.Objective)
        {
            return null;
        }

        var workspace = objective.CreateWorkspace(workers);
        var factor = Enumerable.Range(0, run.Point.Layout.Factors.Count)
            .TakeWhile(_ => monitor.Interruption is null)
            .FirstOrDefault(f => Falls(objective, run, f, workspace, monitor), -1);
        return factor < 0 ? null : factor;
    }

    private static bool Falls<TElement>(IObjective<TElement> objective, OptimizerRun<TElement> run, int factor, Workspace workspace, StoppingMonitor monitor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (at, box, value) = (run.Point.Copy(), new Box<TElement>(run.Point.Layout), run.Objective);
        while (!NonFiniteObjectiveException<TElement>.IsBottomless(value))
        {
            if (monitor.Interruption is not null)
            {
                return false;
            }

            TensorPrimitives.Multiply(at[factor].Span, TElement.CreateChecked(Growth), at[factor].Span);
            box.Project(at.Values);
            var next = objective.Value(at, workspace);
            if (!(next < value))
            {
                return false;
            }

            value = next;
        }

        return true;
    }
}
