using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The sum of all m × n elements, in double.</summary>
    public static double Sum<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Sum<TElement>(x.Span);

    /// <summary>The sum of all elements, in double: of the stored ones, the others being zero. O(stored).</summary>
    public static double Sum<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Sum(x.Values);

    /// <summary>The sum of all elements, in double.</summary>
    public static double Sum<TElement>(ColumnVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Sum<TElement>(x.Span);

    /// <summary>The sum of all elements, in double.</summary>
    public static double Sum<TElement>(RowVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Sum<TElement>(x.Span);
}
