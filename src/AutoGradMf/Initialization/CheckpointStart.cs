using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Initialization;

/// <summary>
/// The factors of a checkpoint, and nothing else of it: to go on with other data, hyperparameters or another optimizer than it was written with,
/// which <see cref="Checkpoints.Resume"/> refuses.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class CheckpointStart<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly string _path;

    /// <summary>The factors in the file <paramref name="path"/>.</summary>
    public CheckpointStart(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The file is not complete, or holds other factors.</exception>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return CheckpointFile<TElement>.Factors(_path, objective.Layout);
    }
}
