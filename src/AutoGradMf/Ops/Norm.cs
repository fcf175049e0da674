using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The Frobenius norm, √(Σ x[i, j]²); its derivative at 0 is taken as 0.</summary>
    public static double Norm<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Norm<TElement>(x.View.Span);

    /// <summary>The Frobenius norm, √(Σ x[i, j]²) over the stored entries; its derivative at 0 is taken as 0.</summary>
    public static double Norm<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Norm(x.Values);

    /// <summary>The Euclidean norm, √(Σ x[i]²); its derivative at 0 is taken as 0.</summary>
    public static double Norm<TElement>(ColumnVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Norm<TElement>(x.View.Span);

    /// <summary>The Euclidean norm, √(Σ x[j]²); its derivative at 0 is taken as 0.</summary>
    public static double Norm<TElement>(RowVector<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Reduction.Norm<TElement>(x.View.Span);
}
