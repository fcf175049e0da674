using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The mean of all m × n elements, in double; of none, 0, so that what a loss adds to it can be trained.</summary>
    public static double Mean<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Mean(Sum(x), (double)x.Rows * x.Columns);

    /// <summary>
    /// The mean of all m × n elements, what is not stored counting as zero; of none, 0. <see cref="ObservedMean"/> is the mean of the
    /// stored ones.
    /// </summary>
    public static double Mean<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Mean(Sum(x), (double)x.Rows * x.Columns);

    /// <summary>The mean of all elements, in double; of none, 0.</summary>
    public static double Mean<TElement>(ColumnVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Mean(Sum(x), x.Length);

    /// <summary>The mean of all elements, in double; of none, 0.</summary>
    public static double Mean<TElement>(RowVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Mean(Sum(x), x.Length);
}
