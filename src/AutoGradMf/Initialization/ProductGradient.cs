using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Initialization;

/// <summary>
/// −∂f/∂(U·Mᵀ) at U·Mᵀ = 0, m × n, which is never formed: with one factor zero, the ridge adds nothing to the gradient in it, which is then
/// the product of that matrix with the other factor.
/// </summary>
internal sealed class ProductGradient<TElement>(
    IObjective<TElement> objective, Parameters<TElement> origin, ThinPair pair, Workspace workspace) : IThinProducts<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Parameters<TElement> _point = origin.Copy();
    private readonly Parameters<TElement> _gradient = new(origin.Layout);
    private readonly BlockRows<TElement> _given = new(), _into = new();

    public int Rows { get; } = new BlockRows<TElement>().Of(origin[pair.Left], pair.LeftEntities).Rows;

    public int Columns { get; } = new BlockRows<TElement>().Of(origin[pair.Right], pair.RightEntities).Rows;

    public int Width { get; } = new BlockRows<TElement>().Of(origin[pair.Left], pair.LeftEntities).Columns;

    public MatrixView<TElement> Multiply(MatrixView<TElement> right) => Descent((pair.Right, pair.RightEntities), right, (pair.Left, pair.LeftEntities));

    public MatrixView<TElement> MultiplyTransposed(MatrixView<TElement> left) => Descent((pair.Left, pair.LeftEntities), left, (pair.Right, pair.RightEntities));

    private MatrixView<TElement> Descent((int Factor, FactorAxis Entities) given, MatrixView<TElement> values, (int Factor, FactorAxis Entities) into)
    {
        var rows = _given.Of(_point[given.Factor], given.Entities);
        values.Span.CopyTo(rows.Span);
        BlockRows<TElement>.Return(rows, _point[given.Factor], given.Entities);
        objective.ValueAndGradient(_point, _gradient, workspace);
        _point[given.Factor].Span.Clear();
        var gradient = _into.Of(_gradient[into.Factor], into.Entities);
        System.Numerics.Tensors.TensorPrimitives.Negate(gradient.Span, gradient.Span);
        return gradient;
    }
}
