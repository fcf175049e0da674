using System.Numerics;

namespace AutoGradMf;

/// <summary>A dense row vector, 1 × columns.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class RowVector<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement[] _values;

    /// <summary>A vector over <paramref name="values"/>; the array is kept, not copied.</summary>
    public RowVector(params TElement[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
    }

    /// <summary>A vector of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static RowVector<TElement> Zeros(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new RowVector<TElement>(new TElement[length]);
    }

    /// <summary>Number of elements.</summary>
    public int Length => _values.Length;

    /// <summary>All elements.</summary>
    public Span<TElement> Span => _values;

    /// <summary>The vector as kernels see it, a matrix of 1 × columns.</summary>
    public MatrixView<TElement> View => new(_values, 0, 1, Length);

    /// <summary>Element <paramref name="i"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public TElement this[int i]
    {
        get => _values[i];
        set => _values[i] = value;
    }

    /// <summary>The transpose, over the same elements.</summary>
    public ColumnVector<TElement> T => new(_values);
}
