using System.Numerics;

namespace AutoGradMf;

/// <summary>
/// A sparse matrix: the entries that are stored are observed, a stored zero too; what is not stored is zero and annihilates
/// whatever it is multiplied with elementwise, NaN and infinity included.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class SparseMatrix<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement[] _values;

    /// <summary>The matrix with the given value at each entry of <paramref name="pattern"/>; the array is kept, not copied.</summary>
    /// <exception cref="ArgumentException">The array does not hold one value per entry.</exception>
    public SparseMatrix(SparsePattern pattern, TElement[] values)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != pattern.Count)
        {
            throw new ArgumentException($"The pattern has {pattern.Count} entries, and got {values.Length} values.", nameof(values));
        }

        Pattern = pattern;
        _values = values;
    }

    /// <summary>Which entries are stored.</summary>
    public SparsePattern Pattern { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Pattern.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => Pattern.Columns;

    /// <summary>Number of stored entries.</summary>
    public int Count => Pattern.Count;

    /// <summary>The value of each stored entry, in row order.</summary>
    public ReadOnlySpan<TElement> Values => _values;

    /// <summary>The values as kernels see them: one column, one number per stored entry.</summary>
    public MatrixView<TElement> View => new(_values, 0, Count, 1);
}
