using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Makes the terms that the rows of <see cref="GatheredRows"/> are sums of: for sample s, a row of k numbers times a scale. Of a matrix with one
/// column, the number of a row stands for k equal ones.
/// </summary>
public static class RowTerm
{
    /// <summary>Row i of a matrix, where (s, i) is the entry of a pattern that has one in each row.</summary>
    /// <param name="index">Samples × rows of the matrix: the pattern of <see cref="LossMath.OneHot{TElement}"/>.</param>
    /// <param name="matrix">The matrix, with k columns or one.</param>
    /// <param name="scale">What the row is multiplied with.</param>
    public static RowTerm<TElement> Gathered<TElement>(SparsePattern index, MatrixView<TElement> matrix, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = RowTermKind.Gathered, Index = index, Matrix = matrix, Scale = scale };

    /// <summary>Row s of a matrix.</summary>
    /// <param name="matrix">The matrix, with k columns or one.</param>
    /// <param name="scale">What the row is multiplied with.</param>
    public static RowTerm<TElement> Own<TElement>(MatrixView<TElement> matrix, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = RowTermKind.Own, Matrix = matrix, Scale = scale };

    /// <summary>The same row for all samples.</summary>
    /// <param name="row">A vector of k numbers.</param>
    /// <param name="scale">What the row is multiplied with.</param>
    public static RowTerm<TElement> Same<TElement>(MatrixView<TElement> row, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = RowTermKind.Same, Matrix = row.AsRow, Scale = scale };
}

/// <summary>A term of the rows of <see cref="GatheredRows"/>; <see cref="RowTerm"/> makes them.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct RowTerm<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal RowTermKind Kind { get; init; }

    internal SparsePattern? Index { get; init; }

    internal MatrixView<TElement> Matrix { get; init; }

    internal double Scale { get; init; }

    /// <summary>The same, as what the term before it is multiplied with, element by element, instead of a term of its own.</summary>
    public RowTerm<TElement> AsFactor => new() { Kind = Kind, Index = Index, Matrix = Matrix, Scale = Scale, IsFactor = true };

    internal bool IsFactor { get; private init; }

    /// <summary>Whether rows of <paramref name="width"/> numbers for so many samples can have it as a term.</summary>
    internal bool Fits(int samples, int width) => (Matrix.Columns == width || Matrix.Columns == 1) && Kind switch
    {
        RowTermKind.Gathered => Index!.Rows == samples && Index.Count == samples && Index.Columns == Matrix.Rows,
        RowTermKind.Own => Matrix.Rows == samples,
        _ => Matrix.Rows == 1,
    };

    /// <summary>The row that sample <paramref name="sample"/> reads.</summary>
    internal ReadOnlySpan<TElement> Row(int sample) => Matrix.Row(Kind switch
    {
        RowTermKind.Gathered => Index!.ColumnIndices[sample],
        RowTermKind.Own => sample,
        _ => 0,
    });
}

/// <summary>Which row of its matrix a term reads.</summary>
internal enum RowTermKind
{
    Gathered,
    Own,
    Same,
}
