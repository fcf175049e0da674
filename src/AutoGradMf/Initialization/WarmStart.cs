using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Models;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>The factors of a model that was trained before, which are copied.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <param name="parameters">The factors.</param>
public sealed class WarmStart<TElement>(Parameters<TElement> parameters) : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The factors of <paramref name="model"/>.</summary>
    public WarmStart(Model<TElement> model)
        : this((model ?? throw new ArgumentNullException(nameof(model))).Parameters)
    {
    }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken) =>
        parameters.Copy();
}
