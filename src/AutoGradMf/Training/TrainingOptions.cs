using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Microsoft.Extensions.Logging;

namespace AutoGradMf.Training;

/// <summary>How to train. Every property has a default, and a wrong value is refused where it is given.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed record TrainingOptions<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// The method. If null, the one that suits what is proved of the objective: <see cref="ProximalGradient{TElement}"/> where it adds norms
    /// that have kinks (<see cref="IProximal{TElement}"/>), <see cref="StochasticGradient{TElement}"/> where an <see cref="IndexVector"/> of its
    /// samples is drawn at random, <see cref="AlternatingNewton{TElement}"/> where the objective is quadratic in every factor
    /// (<see cref="IBlockNewton{TElement}"/>), else <see cref="LimitedMemoryBfgs{TElement}"/>. Where factors have bounds, and no such norms,
    /// <see cref="AlternatingNewton{TElement}"/> only if all are matrices, <see cref="MultiplicativeUpdates{TElement}"/> where a gradient that splits
    /// has no bound of its curvature, else <see cref="BoundedLimitedMemoryBfgs{TElement}"/>.
    /// </summary>
    public IOptimizer<TElement>? Optimizer { get; init; }

    /// <summary>When to stop.</summary>
    public StoppingCriteria Stopping
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Stopping));
            field = value;
        }
    } = new();

    /// <summary>Of the random start: equal seeds give equal results.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Where to start. If null, <see cref="IOptimizer{TElement}.DefaultInitialization"/> of the method: a <see cref="TruncatedSvd{TElement}"/> for
    /// Newton and quasi-Newton methods without bounds, a <see cref="RescaledInitialization{TElement}"/> for methods within bounds (positive for
    /// <see cref="MultiplicativeUpdates{TElement}"/>), a <see cref="ScaledNormalInitialization{TElement}"/> for <see cref="ProximalGradient{TElement}"/>,
    /// else a <see cref="NormalInitialization{TElement}"/>.
    /// </summary>
    public IInitialization<TElement>? Initialization { get; init; }

    /// <summary>Metrics of the model while it is trained: the best model is kept, and training stops when it gets no better. None if null.</summary>
    public Validation<TElement>? Validation { get; init; }

    /// <summary>Where and how often to save training, and whether to go on from what was saved. Never if null.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>Told of the start, the end and, at level Debug, of each iteration. None if null.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>How many threads to use, at least 1; one per processor if null. The result does not depend on it, but for <see cref="StochasticGradient{TElement}.IsLockFree"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int? Threads
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threads), value, "Training needs at least 1 thread.");
    }
}
