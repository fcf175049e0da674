namespace AutoGradMf.Objectives;

/// <summary>Which row of an entity each sample reads: the user of each rating, or its movie.</summary>
public sealed class SamplePlace
{
    private readonly int[] _rows;

    private SamplePlace(int[] rows, int count, int entity) => (_rows, Count, Entity) = (rows, count, entity);

    /// <summary>The row of each sample.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>How many rows the entity has.</summary>
    public int Count { get; }

    /// <summary>The number of the entity: places with the same one read the same rows.</summary>
    public int Entity { get; }

    /// <summary>The rows of the entries of a pattern.</summary>
    public static SamplePlace RowsOf(SparsePattern pattern, int entity)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var rows = new int[pattern.Count];
        for (var i = 0; i < pattern.Rows; i++)
        {
            rows.AsSpan((int)pattern.RowPointers[i]..(int)pattern.RowPointers[i + 1]).Fill(i);
        }

        return new(rows, pattern.Rows, entity);
    }

    /// <summary>The columns of the entries of a pattern.</summary>
    public static SamplePlace ColumnsOf(SparsePattern pattern, int entity)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new(pattern.ColumnIndices.ToArray(), pattern.Columns, entity);
    }

    /// <summary>The rows that an index names.</summary>
    /// <param name="index">A row for each sample.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="entity">The number of the entity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index names a row that is not there.</exception>
    public static SamplePlace Of(IndexVector index, int count, int entity)
    {
        ArgumentNullException.ThrowIfNull(index);
        index.RequireBelow(count, "the entity");
        return new(index.Values.ToArray(), count, entity);
    }

    /// <summary>Listed rows, each a sample.</summary>
    internal static SamplePlace Listed(int[] rows, int count, int entity) => new(rows, count, entity);
}
