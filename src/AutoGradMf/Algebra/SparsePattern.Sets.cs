namespace AutoGradMf;

public sealed partial class SparsePattern
{
    /// <summary>Whether both are of the same size and store the same entries.</summary>
    public bool SameAs(SparsePattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other)
            || (Rows == other.Rows && Columns == other.Columns
                && RowPointers.SequenceEqual(other.RowPointers) && ColumnIndices.SequenceEqual(other.ColumnIndices));
    }

    /// <summary>The entries stored in both; <paramref name="a"/> itself if they are the same.</summary>
    /// <exception cref="ArgumentException">The patterns are of different sizes.</exception>
    public static SparsePattern Intersect(SparsePattern a, SparsePattern b) =>
        Combine(nameof(Intersect), a, b, static (x, y) => x.Intersect(y));

    /// <summary>The entries stored in either; <paramref name="a"/> itself if they are the same.</summary>
    /// <exception cref="ArgumentException">The patterns are of different sizes.</exception>
    public static SparsePattern Union(SparsePattern a, SparsePattern b) =>
        Combine(nameof(Union), a, b, static (x, y) => x.Union(y).Order());

    internal TensorShape Shape => TensorShape.SparseMatrix(Rows, Columns);

    private static SparsePattern Combine(
        string name, SparsePattern a, SparsePattern b, Func<IEnumerable<int>, IEnumerable<int>, IEnumerable<int>> combineRows)
    {
        ArgumentNullException.ThrowIfNull(a);
        TensorShape.RequireSame(name, a.Shape, b.Shape);
        if (a.SameAs(b))
        {
            return a;
        }

        var pointers = new long[a.Rows + 1];
        var columns = new List<int>();
        for (var i = 0; i < a.Rows; i++)
        {
            columns.AddRange(combineRows(a.RowColumns(i), b.RowColumns(i)));
            pointers[i + 1] = columns.Count;
        }

        return new SparsePattern(a.Rows, a.Columns, pointers, [.. columns]);
    }

    private ArraySegment<int> RowColumns(int i) =>
        new(_columnIndices, (int)_rowPointers[i], (int)(_rowPointers[i + 1] - _rowPointers[i]));
}
