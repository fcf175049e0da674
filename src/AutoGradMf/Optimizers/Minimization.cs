using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>Runs an optimizer from its start to where it stops.</summary>
public static class Minimization
{
    /// <summary>Goes from <paramref name="start"/> to parameters of lower objective.</summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
    /// <param name="optimizer">The method.</param>
    /// <param name="objective">What to minimize.</param>
    /// <param name="start">Where to begin; not modified. Factors that the objective does not tell apart, but for ridges, are brought to the sizes that suit
    /// these first where they are more than tenfold from it.</param>
    /// <param name="stopping">When to stop; the defaults if null.</param>
    /// <param name="workers">The threads that evaluate, all processors if null; the result does not depend on their number.</param>
    /// <param name="progress">Told of each iteration, on the calling thread, before the next begins.</param>
    /// <param name="cancellationToken">Ends the run with the best parameters so far, and without an exception.</param>
    /// <exception cref="ArgumentException"><paramref name="start"/> has other factors than the objective, or the optimizer refuses one of them.</exception>
    /// <exception cref="NonFiniteObjectiveException{TElement}">The objective or its gradient is NaN or infinite, at the start or where the
    /// method went from the last finite point, or falls without end from where it ended: minus infinity is no minimum.</exception>
    public static OptimizationResult<TElement> Minimize<TElement>(
        this IOptimizer<TElement> optimizer,
        IObjective<TElement> objective,
        Parameters<TElement> start,
        StoppingCriteria? stopping = null,
        Workers? workers = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var monitor = new StoppingMonitor(stopping ?? new(), progress, cancellationToken);
        var threads = workers ?? Workers.Shared;
        var run = BeginAnew(optimizer, objective, start, threads);
        return new MinimizationRun<TElement>(objective, run, monitor, threads).Start();
    }

    /// <summary>
    /// Why a method does not minimize an objective, and what to take instead: what it needs of it (<see cref="IOptimizer{TElement}.Refusal"/>),
    /// or bounds that it does not keep; null if it does.
    /// </summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
    /// <param name="optimizer">The method.</param>
    /// <param name="objective">What to minimize.</param>
    public static string? FindRefusal<TElement>(this IOptimizer<TElement> optimizer, IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(objective);
        return optimizer.Refusal(objective) is { } refusal ? refusal
            : !optimizer.KeepsBounds && objective.Layout.Factors.FirstOrDefault(f => f.IsBounded) is { } bounded
            ? $"{optimizer.Name} keeps no bounds, and {bounded.Name} has some; take {nameof(BoundedLimitedMemoryBfgs<>)}, or remove the bounds."
            : null;
    }

    /// <summary>Requires that there is something to minimize, and that the method does.</summary>
    /// <exception cref="ArgumentException">The factors have no elements, or the method refuses the objective.</exception>
    internal static void Require<TElement>(IOptimizer<TElement> optimizer, IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (objective.Layout.Count == 0)
        {
            throw new ArgumentException(
                $"There is nothing to train: the factors are {ObjectiveArguments.Describe(objective.Layout)}. Give data with at least one row and one column.", nameof(objective));
        }

        if (optimizer.FindRefusal(objective) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(objective));
        }
    }

    /// <summary>
    /// Begins a run, or says why it cannot; where factors that the objective does not tell apart are of far sizes, from an equal start.
    /// </summary>
    internal static OptimizerRun<TElement> BeginAnew<TElement>(
        IOptimizer<TElement> optimizer, IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        RequireStart(optimizer, objective, start);
        return optimizer.Begin(objective, StartBalance.Of(objective, start, workers), workers);
    }

    /// <summary>Begins a run exactly there, or says why it cannot.</summary>
    internal static OptimizerRun<TElement> Begin<TElement>(
        IOptimizer<TElement> optimizer, IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        RequireStart(optimizer, objective, start);
        return optimizer.Begin(objective, start, workers);
    }

    private static void RequireStart<TElement>(IOptimizer<TElement> optimizer, IObjective<TElement> objective, Parameters<TElement> start)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(start);
        Require(optimizer, objective);
        ObjectiveArguments.RequireLayout(objective.Layout, start);
    }
}
