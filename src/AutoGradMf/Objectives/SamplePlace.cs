using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>Which row of an entity each sample reads: the user of each rating, or its movie.</summary>
public sealed class SamplePlace
{
    private int[] _rows;
    private int _length;

    private readonly IndexVector? _random;

    /// <summary>For each sample the place in the index of the row it reads; null if that is the sample's own number, or nothing is random.</summary>
    private readonly int[]? _lines;

    private SamplePlace(int[] rows, int count, int entity, IndexVector? random = null, int[]? lines = null) =>
        (_rows, _length, Count, Entity, _random, _lines) = (rows, rows.Length, count, entity, random, lines);

    /// <summary>The row of each sample.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _length);

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

    /// <summary>The rows that an index names for the rows of the entries of a pattern: the group of the user of each rating.</summary>
    /// <param name="pattern">The entries.</param>
    /// <param name="index">A row for each row of the pattern.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="entity">The number of the entity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index names a row that is not there.</exception>
    /// <exception cref="ArgumentException">The index has another length than the pattern has rows.</exception>
    public static SamplePlace RowsOf(SparsePattern pattern, IndexVector index, int count, int entity)
    {
        var rows = RowsOf(pattern, entity)._rows;
        return Chosen(rows, pattern.Rows, index, count, entity);
    }

    /// <summary>The rows that an index names for the columns of the entries of a pattern: the genre of the movie of each rating.</summary>
    /// <param name="pattern">The entries.</param>
    /// <param name="index">A row for each column of the pattern.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="entity">The number of the entity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index names a row that is not there.</exception>
    /// <exception cref="ArgumentException">The index has another length than the pattern has columns.</exception>
    public static SamplePlace ColumnsOf(SparsePattern pattern, IndexVector index, int count, int entity)
    {
        var columns = ColumnsOf(pattern, entity)._rows;
        return Chosen(columns, pattern.Columns, index, count, entity);
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
        return new(index.Values.ToArray(), count, entity, index.IsRandom ? index : null);
    }

    /// <summary>Whether the rows were drawn at random.</summary>
    internal bool IsRandom => _random is not null;

    /// <summary>The rows of another round, if they are random.</summary>
    internal SamplePlace Redrawn(int round) => _random?.Redrawn(round) is not { } drawn ? this
        : _lines is null ? Of(drawn, Count, Entity)
        : Chosen(_lines, drawn.Length, drawn, Count, Entity);

    /// <summary>Draws the rows of another round in place of those that there are, if they are random: for whoever has this by <see cref="Redrawn"/>.</summary>
    internal void Redraw(int round)
    {
        if (_random is null)
        {
            return;
        }

        _random.Redraw(round);
        _random.RequireBelow(Count, "the entity");
        for (var sample = 0; sample < _length; sample++)
        {
            _rows[sample] = _random.Values[_lines?[sample] ?? sample];
        }
    }

    /// <summary>Lists, in place of the rows that there are, those of which a number is zero.</summary>
    internal void ListZeros<TElement>(ReadOnlySpan<TElement> numbers)
        where TElement : unmanaged, INumber<TElement>
    {
        if (_rows.Length < Count)
        {
            _rows = new int[Count];
        }

        _length = 0;
        for (var row = 0; row < numbers.Length; row++)
        {
            _rows[_length] = row;
            _length += TElement.IsZero(numbers[row]) ? 1 : 0;
        }
    }

    /// <summary>Listed rows, each a sample.</summary>
    internal static SamplePlace Listed(int[] rows, int count, int entity) => new(rows, count, entity);

    private static SamplePlace Chosen(int[] lines, int lineCount, IndexVector index, int count, int entity)
    {
        ArgumentNullException.ThrowIfNull(index);
        index.RequireBelow(count, "the entity");
        if (index.Length != lineCount)
        {
            throw new ArgumentException($"The index has {index.Length} rows, and the pattern {lineCount} lines.", nameof(index));
        }

        var rows = new int[lines.Length];
        for (var sample = 0; sample < rows.Length; sample++)
        {
            rows[sample] = index.Values[lines[sample]];
        }

        return new(rows, count, entity, index.IsRandom ? index : null, index.IsRandom ? lines : null);
    }
}
