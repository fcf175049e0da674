using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>What a loop does with one result g of its function.</summary>
public enum LoopResultKind
{
    /// <summary>Keeps g at every point: <c>into[i, j] = g</c>, or one number per stored entry of a sparse loop.</summary>
    Store,

    /// <summary><c>into[i] = Σ_j g</c>.</summary>
    RowSums,

    /// <summary><c>into[j] = Σ_i g</c>.</summary>
    ColumnSums,

    /// <summary><c>into[i, :] = Σ_j g · with[j, :]</c>, the product G · with.</summary>
    RowProduct,

    /// <summary><c>into[j, :] = Σ_i g · with[i, :]</c>, the product Gᵀ · with.</summary>
    ColumnProduct,

    /// <summary><c>into[i] = max_j g</c> over the row's points: −∞ of none, NaN where there is one.</summary>
    RowMax,

    /// <summary><c>into[i] = min_j g</c> over the row's points: +∞ of none, NaN where there is one.</summary>
    RowMin,

    /// <summary>The first column j of row i where <see cref="RowMax"/> is attained, as a number: −1 of an empty row.</summary>
    RowArgMax,

    /// <summary>The first column j of row i where <see cref="RowMin"/> is attained, as a number: −1 of an empty row.</summary>
    RowArgMin,
}

/// <summary>
/// Where one result of a loop's function goes. Results overwrite <see cref="Into"/>. Several may name the same
/// <see cref="Slot"/>: the derivative in u_i·m_j goes to both factors.
/// </summary>
public readonly struct LoopResult<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal LoopResult(LoopResultKind kind, int slot, MatrixView<TElement> into, MatrixView<TElement> with = default)
    {
        Kind = kind;
        Slot = slot;
        Into = into;
        With = with;
    }

    /// <summary>What is done with the result.</summary>
    public LoopResultKind Kind { get; }

    /// <summary>Which result of the function, counted from 0 after its sums.</summary>
    public int Slot { get; }

    /// <summary>The destination.</summary>
    public MatrixView<TElement> Into { get; }

    /// <summary>The matrix that a product multiplies with.</summary>
    public MatrixView<TElement> With { get; }
}

/// <summary>Makes the results of loops.</summary>
public static class LoopResult
{
    /// <summary>Keeps the result at every point.</summary>
    public static LoopResult<TElement> Store<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.Store, slot, into);

    /// <summary><c>into[i] = Σ_j g</c>.</summary>
    public static LoopResult<TElement> RowSums<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.RowSums, slot, into);

    /// <summary><c>into[j] = Σ_i g</c>.</summary>
    public static LoopResult<TElement> ColumnSums<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.ColumnSums, slot, into);

    /// <summary><c>into = G · with</c>.</summary>
    public static LoopResult<TElement> RowProduct<TElement>(int slot, MatrixView<TElement> with, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.RowProduct, slot, into, with);

    /// <summary><c>into = Gᵀ · with</c>.</summary>
    public static LoopResult<TElement> ColumnProduct<TElement>(int slot, MatrixView<TElement> with, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.ColumnProduct, slot, into, with);

    /// <summary><c>into[i] = max_j g</c>: −∞ of an empty row, NaN where there is one.</summary>
    public static LoopResult<TElement> RowMax<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.RowMax, slot, into);

    /// <summary><c>into[i] = min_j g</c>: +∞ of an empty row, NaN where there is one.</summary>
    public static LoopResult<TElement> RowMin<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.RowMin, slot, into);

    /// <summary>
    /// <c>into[i]</c> = the first column where row i has its largest g, −1 of an empty row. Exact up to 2²⁴ columns in float.
    /// </summary>
    public static LoopResult<TElement> RowArgMax<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.RowArgMax, slot, into);

    /// <summary>
    /// <c>into[i]</c> = the first column where row i has its smallest g, −1 of an empty row. Exact up to 2²⁴ columns in float.
    /// </summary>
    public static LoopResult<TElement> RowArgMin<TElement>(int slot, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(LoopResultKind.RowArgMin, slot, into);
}
