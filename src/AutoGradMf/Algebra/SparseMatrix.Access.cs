using System.Numerics;

namespace AutoGradMf;

public sealed partial class SparseMatrix<TElement> : ITensor<SparseMatrix<TElement>>
{
    internal TensorShape Shape => TensorShape.SparseMatrix(Rows, Columns);

    /// <summary>The element in row <paramref name="i"/> and column <paramref name="j"/>; zero if it is not stored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public TElement this[int i, int j] => Pattern.IndexOf(i, j) is >= 0 and var entry ? _values[entry] : TElement.Zero;

    /// <summary>Whether entry (<paramref name="i"/>, <paramref name="j"/>) is stored, be it zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public bool Contains(int i, int j) => Pattern.IndexOf(i, j) >= 0;

    /// <summary>The transpose, a copy.</summary>
    public SparseMatrix<TElement> T
    {
        get
        {
            var values = new TElement[Count];
            for (var place = 0; place < values.Length; place++)
            {
                values[place] = _values[Pattern.ColumnOrder[place]];
            }

            return new SparseMatrix<TElement>(Pattern.T, values);
        }
    }

    /// <summary>All m·n elements, zero where nothing is stored.</summary>
    /// <exception cref="OverflowException">There would be more than 2³¹ − 1 elements.</exception>
    public Matrix<TElement> ToDense()
    {
        var dense = new Matrix<TElement>(Rows, Columns);
        foreach (var (i, j, entry) in Pattern.Entries)
        {
            dense[i, j] = _values[entry];
        }

        return dense;
    }

    /// <summary>
    /// The values at the entries of <paramref name="subset"/>, in its order; this matrix itself if its pattern is the same.
    /// </summary>
    /// <exception cref="ArgumentException">The pattern is of another size, or holds an entry that this matrix does not store.</exception>
    public SparseMatrix<TElement> AlignedTo(SparsePattern subset)
    {
        ArgumentNullException.ThrowIfNull(subset);
        TensorShape.RequireSame(nameof(AlignedTo), Shape, subset.Shape);
        foreach (var (i, j, _) in subset.Entries)
        {
            if (!Contains(i, j))
            {
                throw new ArgumentException(
                    $"Entry ({i}, {j}) of the pattern is not stored in the matrix; align on an intersection, SparsePattern.Intersect.",
                    nameof(subset));
            }
        }

        return On(subset);
    }

    /// <inheritdoc/>
    public SparseMatrix<TElement> Map(Func<double, double> f) => new(Pattern, Elementwise<TElement>.Map(_values, f));

    /// <inheritdoc/>
    public SparseMatrix<TElement> Map(SparseMatrix<TElement> other, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(other);
        TensorShape.RequireSame(nameof(Map), Shape, other.Shape);
        var either = SparsePattern.Union(Pattern, other.Pattern);
        return new(either, Elementwise<TElement>.Map(On(either).Values, other.On(either).Values, f));
    }

    /// <summary>
    /// The same elements as <typeparamref name="TOther"/>, rounded where it holds fewer digits; this matrix itself if it is that type.
    /// </summary>
    /// <typeparam name="TOther"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public SparseMatrix<TOther> Cast<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        this as SparseMatrix<TOther> ?? new SparseMatrix<TOther>(Pattern, Array.ConvertAll(_values, TOther.CreateTruncating));

    /// <summary>The values that row <paramref name="i"/> stores.</summary>
    internal ReadOnlySpan<TElement> StoredRow(int i) => Values[(int)Pattern.RowPointers[i]..(int)Pattern.RowPointers[i + 1]];

    /// <summary>The values at the entries of <paramref name="pattern"/>, zero where this matrix stores nothing.</summary>
    private SparseMatrix<TElement> On(SparsePattern pattern)
    {
        if (Pattern.SameAs(pattern))
        {
            return this;
        }

        var values = new TElement[pattern.Count];
        foreach (var (i, j, entry) in pattern.Entries)
        {
            values[entry] = this[i, j];
        }

        return new SparseMatrix<TElement>(pattern, values);
    }

    /// <summary>f of each pair of values; both matrices are on one pattern.</summary>
    private SparseMatrix<TElement> Zip(SparseMatrix<TElement> other, Func<TElement, TElement, TElement> f) =>
        new(Pattern, [.. _values.Zip(other._values, f)]);
}
