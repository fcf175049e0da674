using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Models;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>The factors of a model that was trained before, which are copied.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class WarmStart<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Parameters<TElement> _parameters;

    /// <summary>The factors <paramref name="parameters"/>.</summary>
    public WarmStart(Parameters<TElement> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
    }

    /// <summary>The factors of <paramref name="model"/>.</summary>
    public WarmStart(Model<TElement> model)
        : this((model ?? throw new ArgumentNullException(nameof(model))).Parameters)
    {
    }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken) =>
        _parameters.Copy();
}
