using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// The logarithm of the determinant of a square matrix; NaN where that is not positive. O(k³), in double, without overflow.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double LogDet<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSquare(nameof(LogDet), x.Shape);
        return SmallMatrix.LogDeterminant(x.Cast<double>().View);
    }
}
