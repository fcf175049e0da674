using System.Numerics;

namespace AutoGradMf;

/// <summary>
/// A tensor of any kind as a further argument of <c>Map</c> and of functions such as <c>Max</c>: a column is the same in every column, a row in every row, and what a sparse
/// matrix does not store is zero. Tensors convert to it; it need not be named.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct TensorOperand<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private TensorOperand(BroadcastOperand<TElement> tensor) => Tensor = tensor;

    internal BroadcastOperand<TElement> Tensor { get; }

    /// <summary>The matrix.</summary>
    public static implicit operator TensorOperand<TElement>(Matrix<TElement> matrix) => new(matrix);

    /// <summary>The matrix, zero where nothing is stored.</summary>
    public static implicit operator TensorOperand<TElement>(SparseMatrix<TElement> matrix) => new(matrix);

    /// <summary>The column, in every column.</summary>
    public static implicit operator TensorOperand<TElement>(ColumnVector<TElement> vector) => new(vector);

    /// <summary>The row, in every row.</summary>
    public static implicit operator TensorOperand<TElement>(RowVector<TElement> vector) => new(vector);
}
