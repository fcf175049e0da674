namespace AutoGradMf.Objectives;

/// <summary>
/// The temporaries of one evaluation of an objective, allocated once; for one thread at a time. Made by
/// <see cref="IObjective{TElement}.CreateWorkspace"/>.
/// </summary>
/// <param name="workers">The threads that evaluate.</param>
public abstract class Workspace(Kernels.Workers workers)
{
    /// <summary>The threads that evaluate.</summary>
    public Kernels.Workers Workers { get; } = workers;
}
