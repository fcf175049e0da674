using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

public static unsafe partial class ThinProduct
{
    /// <summary><c>into = valuesᵀ</c>. O(rows · columns).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void Transpose<TElement>(MatrixView<TElement> values, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (into.Rows != values.Columns || into.Columns != values.Rows)
        {
            throw new ArgumentException($"The transpose of {Shapes.Text(values)} is not {Shapes.Text(into)}.", nameof(into));
        }

        for (var i = 0; i < values.Rows; i++)
        {
            for (var j = 0; j < values.Columns; j++)
            {
                into[j, i] = values[i, j];
            }
        }
    }

    /// <summary><c>into[i] = square[i, i]</c>. O(k).</summary>
    /// <param name="square">k × k.</param>
    /// <param name="into">One number per row.</param>
    /// <exception cref="ArgumentException">The matrix is not square, or the destination does not fit; the message names both shapes.</exception>
    public static void Diagonal<TElement>(MatrixView<TElement> square, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (square.Rows != square.Columns || !Shapes.IsVector(into.Rows, into.Columns, square.Rows))
        {
            throw new ArgumentException($"The diagonal of {Shapes.Text(square)} is not {Shapes.Text(into)}.", nameof(into));
        }

        for (var i = 0; i < square.Rows; i++)
        {
            into.Span[i] = square[i, i];
        }
    }

    /// <summary>Σ_k <c>left[row, k] · right[column, k]</c>, rounded to double. O(k).</summary>
    /// <param name="left">m × k.</param>
    /// <param name="row">A row of <paramref name="left"/>.</param>
    /// <param name="right">n × k.</param>
    /// <param name="column">A row of <paramref name="right"/>.</param>
    /// <exception cref="ArgumentException">The matrices have different numbers of columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static double RowDot<TElement>(MatrixView<TElement> left, int row, MatrixView<TElement> right, int column)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        double.CreateChecked(TensorPrimitives.Dot<TElement>(left.Row(row), right.Row(column)));
}
