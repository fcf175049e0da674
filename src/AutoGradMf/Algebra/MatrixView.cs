using System.Numerics;

namespace AutoGradMf;

/// <summary>
/// A rows × columns window of an array, row after row without gaps: how kernels see matrices, vectors (one column) and
/// scalars (one by one), without a copy. Costs nothing to make.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct MatrixView<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement[] _values;
    private readonly int _offset;

    /// <summary>A view of <paramref name="rows"/> × <paramref name="columns"/> elements from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window does not lie within <paramref name="values"/>.</exception>
    public MatrixView(TElement[] values, int offset, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checked((long)rows * columns), (long)values.Length - offset, nameof(values));
        _values = values;
        _offset = offset;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of elements, rows × columns.</summary>
    public int Count => Rows * Columns;

    /// <summary>All elements, row after row.</summary>
    public Span<TElement> Span => new(_values, _offset, Count);

    /// <summary>The elements of row <paramref name="i"/>.</summary>
    public Span<TElement> Row(int i) => Span.Slice(i * Columns, Columns);

    /// <summary>The same elements as one column.</summary>
    public MatrixView<TElement> AsColumn => new(_values, _offset, Count, 1);

    /// <summary>The same elements as one row.</summary>
    public MatrixView<TElement> AsRow => new(_values, _offset, 1, Count);

    /// <summary>The element in row <paramref name="i"/> and column <paramref name="j"/>.</summary>
    public ref TElement this[int i, int j] => ref Span[(i * Columns) + j];

    /// <summary>A copy of the elements.</summary>
    public Matrix<TElement> ToMatrix() => new(Rows, Columns, Span.ToArray());

    /// <summary>A copy of the one column.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one column.</exception>
    public ColumnVector<TElement> ToColumnVector() => Columns == 1
        ? new(Span.ToArray())
        : throw new InvalidOperationException($"A column vector has one column, and the view is {Rows}×{Columns}.");

    /// <summary>A copy of the one row.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one row.</exception>
    public RowVector<TElement> ToRowVector() => Rows == 1
        ? new(Span.ToArray())
        : throw new InvalidOperationException($"A row vector has one row, and the view is {Rows}×{Columns}.");
}
