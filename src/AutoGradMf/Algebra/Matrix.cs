using System.Numerics;

namespace AutoGradMf;

/// <summary>
/// A dense matrix, stored row after row. Its operators are the language of losses and their eager reference: <c>*</c> is the
/// matrix product, <c>%</c> the elementwise product, <c>/</c> the elementwise quotient, <c>.T</c> the transpose.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>. (A parameter called T would hide <see cref="T"/>.)</typeparam>
public sealed partial class Matrix<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement[] _values;

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="OverflowException">There would be more than 2³¹ − 1 elements.</exception>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        _values = new TElement[checked(rows * columns)];
    }

    /// <summary>A matrix over <paramref name="values"/>, row after row; the array is kept, not copied.</summary>
    /// <exception cref="ArgumentException">The array does not hold rows × columns elements.</exception>
    public Matrix(int rows, int columns, TElement[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (values.Length != checked(rows * columns))
        {
            throw new ArgumentException($"A {rows}×{columns} matrix has {rows * columns} elements, and got {values.Length}.", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        _values = values;
    }

    /// <summary>A copy of the elements of a two-dimensional array.</summary>
    public Matrix(TElement[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Rows = values.GetLength(0);
        Columns = values.GetLength(1);
        _values = values.Cast<TElement>().ToArray();
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All elements, row after row.</summary>
    public Span<TElement> Span => _values;

    /// <summary>The matrix as kernels see it.</summary>
    public MatrixView<TElement> View => new(_values, 0, Rows, Columns);

    /// <summary>The element in row <paramref name="i"/> and column <paramref name="j"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public TElement this[int i, int j]
    {
        get => _values[IndexOf(i, j)];
        set => _values[IndexOf(i, j)] = value;
    }

    /// <summary>The transpose, a copy.</summary>
    public Matrix<TElement> T
    {
        get
        {
            var transpose = new Matrix<TElement>(Columns, Rows);
            for (var i = 0; i < Rows; i++)
            {
                for (var j = 0; j < Columns; j++)
                {
                    transpose._values[(j * Rows) + i] = _values[(i * Columns) + j];
                }
            }

            return transpose;
        }
    }

    private int IndexOf(int i, int j)
    {
        if ((uint)i >= (uint)Rows || (uint)j >= (uint)Columns)
        {
            throw new ArgumentOutOfRangeException(
                (uint)i >= (uint)Rows ? nameof(i) : nameof(j), $"There is no element ({i}, {j}) in a {Rows}×{Columns} matrix.");
        }

        return (i * Columns) + j;
    }
}
