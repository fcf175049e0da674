using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ_i x[i, j] for each of the n columns, each sum in double.</summary>
    public static RowVector<TElement> ColumnSums<TElement>(Matrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => RowSums(x.T).T;
}
