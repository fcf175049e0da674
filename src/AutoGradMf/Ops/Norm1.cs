using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ |x[i, j]| over all m × n elements, in double; the derivative of |x| at 0 is taken as 0.</summary>
    public static double Norm1<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.AbsoluteSum<TElement>(x.Span);

    /// <summary>Σ |x[i, j]| over the stored entries, in double; the derivative of |x| at 0 is taken as 0.</summary>
    public static double Norm1<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.AbsoluteSum(x.Values);

    /// <summary>Σ |x[i]|, in double; the derivative of |x| at 0 is taken as 0.</summary>
    public static double Norm1<TElement>(ColumnVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.AbsoluteSum<TElement>(x.Span);

    /// <summary>Σ |x[j]|, in double; the derivative of |x| at 0 is taken as 0.</summary>
    public static double Norm1<TElement>(RowVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.AbsoluteSum<TElement>(x.Span);
}
