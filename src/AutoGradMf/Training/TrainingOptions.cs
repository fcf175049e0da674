using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>How to train. Every property has a default, and a wrong value is refused where it is given.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed record TrainingOptions<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// The method. If null, the one that suits what is proved of the objective: <see cref="AlternatingNewton{TElement}"/> where the
    /// objective is quadratic in every factor, with small systems (<see cref="IBlockNewton{TElement}"/>), else <see cref="LimitedMemoryBfgs{TElement}"/>.
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
    /// Of the random start, for each element of a matrix factor; vectors and scalars start at zero. Zero matrices are a stationary
    /// point of most factorizations, from which no descent leads away.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public double InitialStandardDeviation
    {
        get;
        init => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(InitialStandardDeviation), value, "A standard deviation must be a finite number, 0 or more.");
    } = 0.1;

    /// <summary>Where to start instead of at random; it is not modified.</summary>
    public Parameters<TElement>? Start { get; init; }

    /// <summary>How many threads to use, at least 1; one per processor if null. The result does not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int? Threads
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threads), value, "Training needs at least 1 thread.");
    }
}
