using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>
/// A method that minimizes an objective. One optimizer is one file; a new one needs nothing but this method, for which
/// <see cref="StoppingMonitor"/> does the stopping and the reporting.
/// </summary>
/// <remarks>An optimizer holds settings and no state of a run, so one instance may serve several runs at once.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>What the method is called, for people.</summary>
    string Name { get; }

    /// <summary>Goes from <paramref name="start"/> to parameters of lower objective.</summary>
    /// <param name="objective">What to minimize.</param>
    /// <param name="start">Where to begin; not modified.</param>
    /// <param name="stopping">When to stop.</param>
    /// <param name="workers">The threads that evaluate; the result does not depend on their number.</param>
    /// <param name="progress">Told of each iteration, on the calling thread, before the next begins.</param>
    /// <param name="cancellationToken">Ends the run with the best parameters so far, and without an exception.</param>
    /// <exception cref="ArgumentException"><paramref name="start"/> has other factors than the objective.</exception>
    /// <exception cref="NonFiniteObjectiveException{TElement}">The objective or its gradient is NaN or infinite, at the start or wherever
    /// the method could go from the last finite point.</exception>
    OptimizationResult<TElement> Minimize(
        IObjective<TElement> objective,
        Parameters<TElement> start,
        StoppingCriteria stopping,
        Workers workers,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken);
}
