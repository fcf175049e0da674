using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// A method that minimizes an objective. One optimizer is one file; a new one needs nothing but these members and a run that makes one
/// iteration at a time: <see cref="Minimization"/> stops, reports, validates and saves it.
/// </summary>
/// <remarks>An optimizer holds settings and no state of a run, so one instance may serve several runs at once.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>What the method is called, for people.</summary>
    string Name { get; }

    /// <summary>Whether all iterates lie within the bounds of the factors, <see cref="FactorShape.Min"/> and <see cref="FactorShape.Max"/>. One that
    /// does not is not given an objective with bounds.</summary>
    bool KeepsBounds => false;

    /// <summary>Where a trainer begins that is not told otherwise; small normal numbers unless the method is better off elsewhere.</summary>
    IInitialization<TElement> DefaultInitialization => new NormalInitialization<TElement>();

    /// <summary>All that its iterations depend on besides the run: a checkpoint is not resumed with other settings.</summary>
    IReadOnlyList<OptimizerSetting> Settings => [];

    /// <summary>Why the method cannot minimize <paramref name="objective"/>, in a sentence that says what to do; null if it can.</summary>
    string? Refusal(IObjective<TElement> objective);

    /// <summary>Evaluates the start.</summary>
    /// <param name="objective">What to minimize; not one that is refused.</param>
    /// <param name="start">Where to begin, with the factors of the objective; not modified.</param>
    /// <param name="workers">The threads that evaluate; the result does not depend on their number.</param>
    /// <exception cref="ArgumentException">The method cannot begin there.</exception>
    OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers);
}
