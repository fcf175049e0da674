using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// A loss bound to its data, as optimizers see it: a value and a gradient over one flat buffer of parameters. Generated as
/// <c>NameObjective&lt;TElement&gt;</c> for each <see cref="LossAttribute"/>. It owns nothing but data, so several threads may
/// evaluate it at once, each with a <see cref="Workspace"/> of its own.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors. The value is always a double.</typeparam>
public interface IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The factors and their places in the buffer of parameters.</summary>
    ParameterLayout Layout { get; }

    /// <summary>The data and hyperparameters that it was given, by which errors say what is wrong with them, and checkpoints know it again.</summary>
    IReadOnlyList<ObjectiveInput<TElement>> Inputs => [];

    /// <summary>Room for the temporaries of an evaluation, and the threads that do it.</summary>
    /// <param name="workers">The threads; the shared pool of all processors if null.</param>
    Workspace CreateWorkspace(Kernels.Workers? workers = null);

    /// <summary>The loss at <paramref name="at"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The parameters or the workspace were made for another objective.</exception>
    double Value(Parameters<TElement> at, Workspace workspace);

    /// <summary>The loss at <paramref name="at"/>, and its gradient, which overwrites <paramref name="gradient"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The parameters or the workspace were made for another objective.</exception>
    double ValueAndGradient(Parameters<TElement> at, Parameters<TElement> gradient, Workspace workspace);

    /// <summary>
    /// The loss at <paramref name="at"/> by the user's own method: slow and obvious, it forms every matrix that the loss writes.
    /// What <see cref="GradientCheck"/> takes differences of.
    /// </summary>
    double Reference(Parameters<TElement> at);
}
