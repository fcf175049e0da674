using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>
/// Another start, or positive random numbers of the scale of the data where the objective is clearly lower at these, as where they explain
/// what positive data have in common, or where it is not finite at the other: a logarithm of a product, or a quotient by one, has no value at numbers of both signs.
/// </summary>
/// <remarks>It takes the evaluations of <see cref="RescaledInitialization{TElement}"/> besides the other start.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class OrPositiveInitialization<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>What is lower by no more than this part says nothing of where a descent from there ends.</summary>
    private const double Clearly = 0.05;

    private static readonly RescaledInitialization<TElement> Positive = new(new UniformInitialization<TElement>(0.1, 1));
    private readonly IInitialization<TElement> _other;

    /// <summary>The start <paramref name="other"/>, or positive numbers.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public OrPositiveInitialization(IInitialization<TElement> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _other = other;
    }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(workers);
        return Better(objective, _other.Start(objective, seed, workers, cancellationToken), seed, workers, cancellationToken);
    }

    /// <summary>The other start, or positive numbers.</summary>
    internal static Parameters<TElement> Better(
        IObjective<TElement> objective, Parameters<TElement> other, int seed, Workers workers, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return other;
        }

        var positive = Positive.Start(objective, seed, workers, cancellationToken);
        var workspace = objective.CreateWorkspace(workers);
        var (value, valueOfPositive) = (objective.Value(other, workspace), objective.Value(positive, workspace));
        return double.IsFinite(valueOfPositive) && !(valueOfPositive >= value - (Clearly * Math.Abs(value))) ? positive : other;
    }
}
