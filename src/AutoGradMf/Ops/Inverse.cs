using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The inverse of a square matrix. O(k³), in double and rounded once.</summary>
    /// <exception cref="ArgumentException">The matrix is not square, or it has no finite inverse.</exception>
    public static Matrix<TElement> Inverse<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSquare(nameof(Inverse), x.Shape);
        var inverse = new Matrix<double>(x.Rows, x.Columns);
        SmallMatrix.Inverse(x.Cast<double>().View, inverse.View);
        return inverse.Span.ContainsAnyExceptInRange(double.MinValue, double.MaxValue)
            ? throw new ArgumentException(
                $"Inverse(Matrix): the {x.Shape} matrix is singular or not finite; a ridge, x + ε · Identity({x.Rows}), has an inverse.")
            : inverse.Cast<TElement>();
    }
}
