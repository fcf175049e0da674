using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>
/// −∂f/∂(U·Mᵀ) at U·Mᵀ = 0, m × n, which is never formed: with one factor zero, the ridge adds nothing to the gradient in it, which is then
/// the product of that matrix with the other factor.
/// </summary>
internal sealed class ProductGradient<TElement>(
    IObjective<TElement> objective, Parameters<TElement> origin, FactorPair pair, Workspace workspace) : IThinProducts<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Parameters<TElement> _point = origin.Copy();
    private readonly Parameters<TElement> _gradient = new(origin.Layout);

    public int Rows => _point.OfPair(pair.Left).Rows;

    public int Columns => _point.OfPair(pair.Right).Rows;

    public int Width => _point.OfPair(pair.Left).Columns;

    public MatrixView<TElement> Multiply(MatrixView<TElement> right) => Descent(pair.Right, right, pair.Left);

    public MatrixView<TElement> MultiplyTransposed(MatrixView<TElement> left) => Descent(pair.Left, left, pair.Right);

    private MatrixView<TElement> Descent(int given, MatrixView<TElement> values, int into)
    {
        values.Span.CopyTo(_point[given].Span);
        objective.ValueAndGradient(_point, _gradient, workspace);
        _point[given].Span.Clear();
        var gradient = _gradient.OfPair(into);
        System.Numerics.Tensors.TensorPrimitives.Negate(gradient.Span, gradient.Span);
        return gradient;
    }
}
