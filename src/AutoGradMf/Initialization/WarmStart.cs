using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Initialization;

/// <summary>The factors of a model that was trained before, which are copied; where the objective has bounds that they do not keep, the nearest within these.</summary>
/// <remarks>
/// Factors of which only ridges tell how they share their product may have any sizes: training brings them to one size. But where all factors
/// of a product are zero, the objective is flat in them, and features that are zero or alike in all of them may stay so: begin from other
/// numbers to have more of them.
/// </remarks>
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
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var layout = objective.Layout;
        if (!layout.Factors.Select(WithoutBounds).SequenceEqual(_parameters.Layout.Factors.Select(WithoutBounds)))
        {
            return _parameters.Copy();
        }

        var start = new Parameters<TElement>(layout);
        _parameters.Values.CopyTo(start.Values);
        new Box<TElement>(layout).Project(start.Values);
        return start;
    }

    private static FactorShape WithoutBounds(FactorShape factor) => new(factor.Name, factor.Kind, factor.Rows, factor.Columns);
}
