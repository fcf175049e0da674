using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>How an operand of a loop over (row i, column j) is addressed.</summary>
public enum OperandKind
{
    /// <summary>The same number everywhere.</summary>
    Scalar,

    /// <summary>One number per row i.</summary>
    Row,

    /// <summary>One number per column j.</summary>
    Column,

    /// <summary>One number per point (i, j): the stored entry of a sparse loop, the element of a dense one.</summary>
    Entry,

    /// <summary>The dot product of row i of one matrix and row j of another.</summary>
    Dot,

    /// <summary>In a dense loop, the element of a sparse matrix: zero where it has no entry.</summary>
    Sparse,

    /// <summary>In a dense loop, the element of a sparse matrix's transpose.</summary>
    SparseTransposed,

    /// <summary>In a dense loop, row i of a sparse matrix times column j of a dense one.</summary>
    SparseTimesDense,

    /// <summary>In a dense loop, row i of a dense matrix times column j of a sparse one.</summary>
    DenseTimesSparse,
}

/// <summary>
/// An operand of a loop over points (i, j): where its number at a point comes from. Made by the factory methods of <see cref="Operand"/>.
/// </summary>
/// <remarks>
/// Numbers that are sums over an entity (Gram matrices, column sums, scalars) are kept in double, also for float factors, and are
/// converted where a loop reads them: then <see cref="Wide"/> is set in place of <see cref="Values"/>.
/// </remarks>
public readonly struct Operand<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal Operand(OperandKind kind, MatrixView<TElement> values, MatrixView<TElement> right = default, double scalar = 0)
    {
        Kind = kind;
        Values = values;
        Right = right;
        Scalar = scalar;
    }

    internal Operand(OperandKind kind, SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right = default)
        : this(kind, values, right) => Pattern = pattern;

    internal Operand(OperandKind kind, MatrixView<double> wide)
    {
        Kind = kind;
        Wide = wide;
        IsWide = true;
    }

    /// <summary>How the operand is addressed.</summary>
    public OperandKind Kind { get; }

    /// <summary>The numbers, in the element type; the left matrix of a dot product.</summary>
    public MatrixView<TElement> Values { get; }

    /// <summary>The right matrix of a dot product; the dense matrix of a product with a sparse one.</summary>
    public MatrixView<TElement> Right { get; }

    /// <summary>The pattern of a sparse matrix, of whose entries <see cref="Values"/> holds the numbers.</summary>
    public SparsePattern? Pattern { get; }

    /// <summary>The numbers, where they are kept in double.</summary>
    public MatrixView<double> Wide { get; }

    /// <summary>Whether <see cref="Wide"/> holds the numbers.</summary>
    public bool IsWide { get; }

    /// <summary>The number of a <see cref="OperandKind.Scalar"/>.</summary>
    public double Scalar { get; }
}

/// <summary>Makes the operands of loops.</summary>
public static class Operand
{
    /// <summary>The same number at every point.</summary>
    public static Operand<TElement> Scalar<TElement>(double value)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Scalar, default, default, value);

    /// <summary><c>values[i]</c> at every point (i, j).</summary>
    public static Operand<TElement> Row<TElement>(MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Row, values);

    /// <summary><c>values[i]</c> at every point (i, j), kept in double.</summary>
    public static Operand<TElement> WideRow<TElement>(MatrixView<double> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Row, values);

    /// <summary><c>values[j]</c> at every point (i, j).</summary>
    public static Operand<TElement> Column<TElement>(MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Column, values);

    /// <summary><c>values[j]</c> at every point (i, j), kept in double.</summary>
    public static Operand<TElement> WideColumn<TElement>(MatrixView<double> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Column, values);

    /// <summary>
    /// <c>values[i, j]</c> in a dense loop; in a sparse loop, <paramref name="values"/> is a column of one number per stored entry.
    /// </summary>
    public static Operand<TElement> Entry<TElement>(MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Entry, values);

    /// <summary><c>values[i, j]</c>, kept in double.</summary>
    public static Operand<TElement> WideEntry<TElement>(MatrixView<double> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Entry, values);

    /// <summary>Σ_k <c>left[i, k] · right[j, k]</c> at (i, j).</summary>
    /// <exception cref="ArgumentException">The matrices have different numbers of columns.</exception>
    public static Operand<TElement> Dot<TElement>(MatrixView<TElement> left, MatrixView<TElement> right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (left.Columns != right.Columns)
        {
            throw new ArgumentException(
                $"A dot product of rows needs matrices of equally many columns, and got {left.Rows}×{left.Columns} and {right.Rows}×{right.Columns}.",
                nameof(right));
        }

        return new(OperandKind.Dot, left, right);
    }

    /// <summary>In a dense loop, the element (i, j) of a sparse matrix.</summary>
    /// <param name="pattern">Which elements are stored; the others are zero.</param>
    /// <param name="values">A column of one number per stored entry.</param>
    public static Operand<TElement> Sparse<TElement>(SparsePattern pattern, MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.Sparse, pattern, values);

    /// <summary>In a dense loop, the element (j, i) of a sparse matrix.</summary>
    /// <param name="pattern">Which elements are stored; the others are zero.</param>
    /// <param name="values">A column of one number per stored entry.</param>
    public static Operand<TElement> SparseTransposed<TElement>(SparsePattern pattern, MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.SparseTransposed, pattern, values);

    /// <summary>In a dense loop, Σ_p <c>sparse[i, p] · dense[p, j]</c> at (i, j).</summary>
    /// <param name="pattern">Which elements of the m × p matrix are stored.</param>
    /// <param name="values">A column of one number per stored entry.</param>
    /// <param name="dense">p × n.</param>
    public static Operand<TElement> SparseTimesDense<TElement>(SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> dense)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.SparseTimesDense, pattern, values, dense);

    /// <summary>In a dense loop, Σ_p <c>dense[i, p] · sparse[p, j]</c> at (i, j).</summary>
    /// <param name="pattern">Which elements of the p × n matrix are stored.</param>
    /// <param name="values">A column of one number per stored entry.</param>
    /// <param name="dense">m × p.</param>
    public static Operand<TElement> DenseTimesSparse<TElement>(SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> dense)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(OperandKind.DenseTimesSparse, pattern, values, dense);
}
