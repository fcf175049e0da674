using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>A run of an optimizer: where it is, and how it goes on. For one thread at a time.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public abstract class OptimizerRun<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Where the run is. It may be another object after the next iteration, which may write over this one.</summary>
    public abstract Parameters<TElement> Point { get; }

    /// <summary>The objective at <see cref="Point"/>.</summary>
    public abstract double Objective { get; }

    /// <summary>
    /// How far <see cref="Point"/> is from being stationary: the Euclidean norm of the gradient, or under constraints that of the projected
    /// or proximal gradient map.
    /// </summary>
    public abstract double GradientNorm { get; }

    /// <summary>
    /// By how much the objective is expected to fall yet, where the method knows that from more than what it fell by. The criteria of a small decrease and a small
    /// gradient do not end a run before that is small, too. 0 unless told otherwise.
    /// </summary>
    public virtual double ExpectedDecrease => 0;

    /// <summary>
    /// How far the objective is uncertain, as a sum over samples drawn at random is: other samples would change it by about as much. A decrease up to that ends a
    /// run, unless no small decrease does. 0 unless told otherwise.
    /// </summary>
    public virtual double Uncertainty => 0;

    /// <summary>Evaluations of the objective and its gradient so far, the one at the start included.</summary>
    public abstract int Evaluations { get; }

    /// <summary>
    /// Whether an iteration that is interrupted leaves the run as it was before, so that it can be saved then. Of other runs a copy is
    /// kept after each iteration where training is to be saved. False unless told otherwise.
    /// </summary>
    public virtual bool IsUnchangedByInterruption => false;

    /// <summary>
    /// Makes an iteration. In steady state it allocates nothing. Where the objective or its gradient is NaN or infinite wherever the method could
    /// go, it goes there: <see cref="Minimization"/> looks at both after each iteration, and ends the run with a
    /// <see cref="NonFiniteObjectiveException{TElement}"/> that holds the point before.
    /// </summary>
    /// <param name="monitor">Says whether to break off within it.</param>
    public abstract Iteration Iterate(StoppingMonitor monitor);

    /// <summary>What of the method's own settings may be why the objective is not finite where it went, as in "the learning rate 10 is too large"; null if nothing is.</summary>
    public virtual string? LikelyCause => null;

    /// <summary>
    /// Shows <paramref name="state"/> whatever the next iteration depends on besides the point, in an order that does not change. Called between
    /// iterations to save it, and after <see cref="IOptimizer{TElement}.Begin"/> at a saved point to fill it in.
    /// </summary>
    public abstract void Visit(RunState state);

    /// <summary>
    /// Why the run that was filled in cannot go on as it would have, in a clause as in "the schedule has another rate in epoch 3"; null if it can. For
    /// settings that <see cref="IOptimizer{TElement}.Settings"/> cannot tell, such as functions.
    /// </summary>
    public virtual string? Mismatch => null;
}
