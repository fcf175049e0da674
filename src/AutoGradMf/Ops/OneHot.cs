using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// The s × <paramref name="count"/> matrix that stores a 1 in each row r, in column <c>rows[r]</c>: <c>OneHot(index, U.Rows) * U</c>
    /// is <c>U[index]</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A row number is not below the count, or the count is negative.</exception>
    public static SparseMatrix<TElement> OneHot<TElement>(IndexVector rows, int count)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        rows.RequireBelow(count, "what it picks from");
        var pointers = new long[rows.Length + 1];
        for (var r = 0; r < pointers.Length; r++)
        {
            pointers[r] = r;
        }

        return new(new SparsePattern(rows.Length, count, pointers, rows.Values.ToArray()), Ones<TElement>(rows.Length).Span.ToArray());
    }
}
