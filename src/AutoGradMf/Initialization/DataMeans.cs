using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Initialization;

/// <summary>
/// Matrix factors normal, and vectors and scalars where the objective is least without the matrices: the global mean and the shrunken means
/// of users and movies for a loss with biases (Koren, Bell &amp; Volinsky, Computer 42, 2009); what multiplies a product of matrices is 1.
/// Where there are no matrices, finding that is what training is for, and all is
/// as of <see cref="NormalInitialization{TElement}"/>.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <param name="standardDeviation">Of each element of a matrix.</param>
public sealed class DataMeans<TElement>(double standardDeviation = 0.1) : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private static readonly StoppingCriteria Stopping = new() { MaxIterations = 50, RelativeObjectiveTolerance = 1e-6, Window = 1 };
    private readonly NormalInitialization<TElement> _matrices = new(standardDeviation);

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        var start = _matrices.Start(objective, seed, workers, cancellationToken);
        if (objective.Layout.Factors.All(f => f.Kind != FactorKind.Matrix))
        {
            return start;
        }

        var means = WithoutMatrices(objective, start, workers, cancellationToken);
        FillScales(objective, means);
        foreach (var (factor, shape) in objective.Layout.Factors.Index())
        {
            if (shape.Kind != FactorKind.Matrix)
            {
                means[factor].Span.CopyTo(start[factor].Span);
            }
        }

        return start;
    }

    /// <summary>
    /// What multiplies matrices says nothing without them, but for a ridge that would draw it to zero, and all the rest with it: 1, or what
    /// bounds allow next to it.
    /// </summary>
    private static void FillScales(IObjective<TElement> objective, Parameters<TElement> means)
    {
        foreach (var pair in PairBalances<TElement>.Pairs(objective).Where(pair => pair.Between is null))
        {
            var kinds = (objective.Layout.Factors[pair.Left].Kind, objective.Layout.Factors[pair.Right].Kind);
            if (kinds is (not FactorKind.Matrix, FactorKind.Matrix))
            {
                means[pair.Left].Span.Fill(TElement.One);
            }
            else if (kinds is (FactorKind.Matrix, not FactorKind.Matrix))
            {
                means[pair.Right].Span.Fill(TElement.One);
            }
        }

        new Box<TElement>(objective.Layout).Project(means.Values);
    }

    /// <summary>Matrices zero; vectors and scalars at the least objective, or as they are where that is not finite.</summary>
    private static Parameters<TElement> WithoutMatrices(
        IObjective<TElement> objective, Parameters<TElement> start, Workers workers, CancellationToken cancellationToken)
    {
        var zero = start.Copy();
        foreach (var (factor, shape) in objective.Layout.Factors.Index())
        {
            if (shape.Kind == FactorKind.Matrix)
            {
                zero[factor].Span.Clear();
            }
        }

        if (objective.Layout.Factors.All(f => f.Kind == FactorKind.Matrix))
        {
            return zero;
        }

        IOptimizer<TElement> optimizer = objective.Layout.Factors.Any(f => f.IsBounded) ? new BoundedLimitedMemoryBfgs<TElement>() : new LimitedMemoryBfgs<TElement>();
        var held = new HeldMatrices<TElement>(objective);
        try
        {
            return optimizer.Minimize(held, zero, Stopping, workers, null, cancellationToken).Parameters;
        }
        catch (NonFiniteObjectiveException<TElement> outside)
        {
            return outside.LastFinite ?? zero;
        }
    }
}
