using System.Numerics;

namespace AutoGradMf;

/// <summary>
/// What stands on either side of an elementwise operator, read as a matrix: a column is the same in every column, a row in every
/// row, a number everywhere. What a sparse matrix does not store is zero.
/// </summary>
internal readonly struct BroadcastOperand<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly MatrixView<TElement> _values;

    private BroadcastOperand(TensorShape shape, MatrixView<TElement> values)
    {
        Shape = shape;
        _values = values;
    }

    public TensorShape Shape { get; }

    public TElement this[int i, int j] => _values[Shape.RepeatsDown ? 0 : i, Shape.RepeatsAcross ? 0 : j];

    public static implicit operator BroadcastOperand<TElement>(Matrix<TElement> matrix) => new(matrix.Shape, matrix.View);

    public static implicit operator BroadcastOperand<TElement>(SparseMatrix<TElement> matrix) => new(matrix.Shape, matrix.ToDense().View);

    public static implicit operator BroadcastOperand<TElement>(ColumnVector<TElement> vector) => new(vector.Shape, vector.View);

    public static implicit operator BroadcastOperand<TElement>(RowVector<TElement> vector) => new(vector.Shape, vector.View);

    public static implicit operator BroadcastOperand<TElement>(double number) =>
        new(TensorShape.Scalar, new MatrixView<TElement>([TElement.CreateTruncating(number)], 0, 1, 1));
}
