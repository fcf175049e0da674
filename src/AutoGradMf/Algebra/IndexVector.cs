namespace AutoGradMf;

/// <summary>
/// s row numbers, counted from 0, in any order and with repeats: <c>U[index]</c> gathers these rows of U. Data of a loss, such as the
/// users of s sampled triples; never a factor.
/// </summary>
public sealed class IndexVector
{
    private readonly int[] _rows;

    /// <summary>A vector over <paramref name="rows"/>; the array is kept, not copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public IndexVector(params int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r] < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), $"Number {r} is {rows[r]}; rows count from 0.");
            }
        }

        _rows = rows;
    }

    /// <summary>s, how many rows are named.</summary>
    public int Length => _rows.Length;

    /// <summary>The row that is named in place <paramref name="r"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public int this[int r] => _rows[r];

    /// <summary>All row numbers.</summary>
    public ReadOnlySpan<int> Values => _rows;

    /// <summary>Refuses numbers from <paramref name="count"/> on; <paramref name="what"/> has so many rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is not there.</exception>
    internal void RequireBelow(int count, string what)
    {
        for (var r = 0; r < _rows.Length; r++)
        {
            if (_rows[r] >= count)
            {
                throw new ArgumentOutOfRangeException(
                    null, $"Number {r} of the index is {_rows[r]}, and {what} has rows 0 … {count - 1}.");
            }
        }
    }
}
