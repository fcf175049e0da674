using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>
/// L-BFGS: a quasi-Newton direction from the last few steps by the two-loop recursion (Nocedal, Mathematics of Computation 35, 1980),
/// and a step that meets the strong Wolfe conditions (Nocedal &amp; Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6).
/// </summary>
/// <remarks>
/// Each iteration costs an evaluation, seldom two, and 8·history operations per parameter. Memory for 5 + 2·history vectors of all
/// parameters, all taken at the start. When the direction leads nowhere, the history is dropped and the negative gradient tried.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class LimitedMemoryBfgs<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>L-BFGS with a memory of <paramref name="history"/> steps.</summary>
    /// <param name="history">How many steps to remember, at least 1. More save iterations and cost time and memory in each.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="history"/> is below 1.</exception>
    public LimitedMemoryBfgs(int history = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        History = history;
    }

    /// <summary>How many steps are remembered.</summary>
    public int History { get; }

    /// <inheritdoc/>
    public string Name => "L-BFGS";

    /// <inheritdoc/>
    public OptimizationResult<TElement> Minimize(
        IObjective<TElement> objective,
        Parameters<TElement> start,
        StoppingCriteria stopping,
        Workers workers,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(workers);
        var monitor = new StoppingMonitor(stopping, progress, cancellationToken);
        var line = new LineFunction<TElement>(objective, start, workers);
        return LineDescent.Minimize(line, new QuasiNewton(new(History, objective.Layout.Count)), monitor);
    }

    private sealed class QuasiNewton(CurvatureHistory<TElement> history) : ILineDescent<TElement>
    {
        public LineSearchResult Search(LineFunction<TElement> line, StoppingMonitor monitor)
        {
            if (history.Count > 0)
            {
                line.Aim(history.Aim(line));
                if (line.Origin.Slope < 0)
                {
                    var found = StrongWolfe.Search(line, firstStep: 1, monitor);
                    if (found.Outcome is LineSearchOutcome.Found or LineSearchOutcome.Interrupted)
                    {
                        return found;
                    }
                }

                history.Clear();
            }

            line.AimDownhill();
            return StrongWolfe.Search(line, firstStep: 1 / line.GradientNorm, monitor);
        }

        public void Stepped(LineFunction<TElement> line) => history.Add(line);
    }
}
