using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ_k x[i, k] · y[i, k] for each of the m rows, each sum in double.</summary>
    /// <exception cref="ArgumentException">The matrices are of different sizes.</exception>
    public static ColumnVector<TElement> RowDots<TElement>(Matrix<TElement> x, Matrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(RowDots), x.Shape, y.Shape);
        var dots = ColumnVector<TElement>.Zeros(x.Rows);
        for (var i = 0; i < x.Rows; i++)
        {
            dots[i] = TElement.CreateTruncating(Reduction.Dot<TElement>(x.View.Row(i), y.View.Row(i)));
        }

        return dots;
    }

    /// <summary>Σ_j x[i, j] · y[i, j] over the entries that both store, for each of the m rows.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static ColumnVector<TElement> RowDots<TElement>(SparseMatrix<TElement> x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(RowDots), x.Shape, y.Shape);
        return RowSums(x % y);
    }

    /// <summary>Σ_j x[i, j] · y[i, j] over the stored entries, for each of the m rows.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static ColumnVector<TElement> RowDots<TElement>(SparseMatrix<TElement> x, Matrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(RowDots), x.Shape, y.Shape);
        return RowSums(x % y);
    }

    /// <summary>Σ_j x[i, j] · y[i, j] over the stored entries, for each of the m rows.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static ColumnVector<TElement> RowDots<TElement>(Matrix<TElement> x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(RowDots), x.Shape, y.Shape);
        return RowSums(x % y);
    }
}
