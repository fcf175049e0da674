using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The n × n matrix with <paramref name="x"/> on its diagonal and zeros elsewhere.</summary>
    public static Matrix<TElement> Diag<TElement>(ColumnVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var diagonal = new Matrix<TElement>(x.Length, x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            diagonal[i, i] = x[i];
        }

        return diagonal;
    }

    /// <summary>The diagonal x[i, i] of a square matrix.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static ColumnVector<TElement> Diag<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSquare(nameof(Diag), x.Shape);
        var diagonal = ColumnVector<TElement>.Zeros(x.Rows);
        ThinProduct.Diagonal(x.View, diagonal.View);
        return diagonal;
    }

    /// <summary>The diagonal x[i, i] of a square sparse matrix, zero where nothing is stored. O(rows · log(entries of a row)).</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static ColumnVector<TElement> Diag<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSquare(nameof(Diag), TensorShape.SparseMatrix(x.Rows, x.Columns));
        var diagonal = new TElement[x.Rows];
        for (var i = 0; i < diagonal.Length; i++)
        {
            diagonal[i] = x[i, i];
        }

        return new(diagonal);
    }
}
