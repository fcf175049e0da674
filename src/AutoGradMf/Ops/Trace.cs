using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ_i x[i, i] of a square matrix, in double.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double Trace<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSquare(nameof(Trace), x.Shape);
        var sum = 0.0;
        for (var i = 0; i < x.Rows; i++)
        {
            sum += double.CreateTruncating(x[i, i]);
        }

        return sum;
    }

    /// <summary>Σ_i x[i, i] of a square sparse matrix, in double. O(rows · log(entries of a row)).</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double Trace<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSquare(nameof(Trace), x.Shape);
        return Sum(Diag(x));
    }
}
