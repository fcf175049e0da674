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

    /// <summary>
    /// Whether products of sparse data with factors are kept, and copied while the factor stays as it is: for methods that move one factor after another, as
    /// multiplicative updates do. False unless set; it takes memory for a factor and a product for each.
    /// </summary>
    public bool KeepsProducts
    {
        get => Products is not null;
        set => Products = value ? Products ?? new() : null;
    }

    /// <summary>What was kept; null if nothing is.</summary>
    internal Kernels.KeptProducts? Products { get; private set; }
}
