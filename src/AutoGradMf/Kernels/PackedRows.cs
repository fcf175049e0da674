namespace AutoGradMf.Kernels;

/// <summary>Rows of a <see cref="PackedMatrix{TElement}"/>.</summary>
/// <param name="values">The first row, at a cache line.</param>
/// <param name="stride">Elements from one row to the next, a multiple of a SIMD register's.</param>
internal readonly unsafe struct PackedRows<TElement>(TElement* values, int stride)
    where TElement : unmanaged
{
    /// <summary>Elements from one row to the next.</summary>
    public int Stride => stride;

    /// <summary>Row <paramref name="i"/>.</summary>
    public TElement* this[int i] => values + ((nint)i * stride);
}
