using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// The Newton step in one factor whose values are in one large system, by conjugate gradients on Hessian-vector products (Steihaug 1983):
/// it stops at a small residual, or where the curvature is not positive.
/// </summary>
internal sealed class FactorConjugateGradient<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly IHessianVectorProduct<TElement> _objective;
    private readonly Parameters<TElement> _direction;
    private readonly Parameters<TElement> _product;
    private readonly TElement[] _residual;
    private readonly VectorArithmetic<TElement>[] _arithmetics;

    public FactorConjugateGradient(IHessianVectorProduct<TElement> objective, Workers workers)
    {
        _objective = objective;
        _arithmetics = [.. objective.Layout.Factors.Select(f => new VectorArithmetic<TElement>(f.Count, workers))];
        (_direction, _product) = (new(objective.Layout), new(objective.Layout));
        _residual = new TElement[objective.Layout.Factors.Max(f => f.Count)];
    }

    /// <summary>Writes the step in a factor.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="at">The point, evaluated.</param>
    /// <param name="free">1 for elements that may move and 0 for those that stay; empty if all may.</param>
    /// <param name="step">Receives the step in that factor.</param>
    /// <param name="tolerance">Of the residual, relative to the gradient.</param>
    /// <param name="mostProducts">After so many products the step is as it is.</param>
    /// <param name="monitor">Says whether to break off.</param>
    public void Solve(
        int factor,
        BlockPoint<TElement> at,
        ReadOnlySpan<TElement> free,
        Parameters<TElement> step,
        double tolerance,
        int mostProducts,
        StoppingMonitor monitor)
    {
        var arithmetic = _arithmetics[factor];
        var residual = _residual.AsSpan(0, at.Point.Layout.Factors[factor].Count);
        var direction = _direction[factor].Span;
        var solution = step[factor].Span;
        solution.Clear();
        System.Numerics.Tensors.TensorPrimitives.Negate(at.Gradient[factor].Span, residual);
        KeepFree(residual, free);
        residual.CopyTo(direction);
        var squared = arithmetic.Dot(residual, residual);
        var goal = tolerance * tolerance * squared;
        for (var p = 0; p < mostProducts && squared > goal && monitor.Interruption is null; p++)
        {
            _objective.HessianVectorProduct(at.Point, _direction, _product, at.Workspace);
            var product = _product[factor].Span;
            KeepFree(product, free);
            var curvature = arithmetic.Dot(direction, product);
            if (!(curvature > 0))
            {
                if (p == 0)
                {
                    arithmetic.Add(solution, NegativeCurvature.Length(squared, curvature), direction, solution);
                }

                break;
            }

            var length = squared / curvature;
            arithmetic.Add(solution, length, direction, solution);
            arithmetic.Add(residual, -length, product, residual);
            var next = arithmetic.Dot(residual, residual);
            arithmetic.Add(residual, next / squared, direction, direction);
            squared = next;
        }

        direction.Clear();
    }

    private static void KeepFree(Span<TElement> values, ReadOnlySpan<TElement> free)
    {
        if (!free.IsEmpty)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(values, free, values);
        }
    }
}
