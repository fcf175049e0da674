using System.Numerics;
using System.Runtime.InteropServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// The last products of sparse matrices with dense ones: asked for again while the dense one is the same, bit for bit, they are copied and not computed. Where a method
/// moves one factor after another, more than half of what it asks for are products with factors that did not move.
/// </summary>
internal sealed class KeptProducts
{
    private readonly List<object> _products = [];

    /// <summary>Copies a product that was kept; whether there was one.</summary>
    public bool TryCopy<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into, bool isTransposed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Find(pattern, values, isTransposed)?.TryCopy(right, into) == true;

    /// <summary>Keeps a product in the place of an earlier one of the same matrix.</summary>
    public void Keep<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> product, bool isTransposed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (Find(pattern, values, isTransposed) is not { } kept)
        {
            _products.Add(kept = new(pattern, values, isTransposed));
        }

        kept.Keep(right, product);
    }

    private Kept<TElement>? Find<TElement>(SparsePattern pattern, MatrixView<TElement> values, bool isTransposed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (var product in _products)
        {
            if (product is Kept<TElement> kept && kept.IsOf(pattern, values, isTransposed))
            {
                return kept;
            }
        }

        return null;
    }

    private sealed class Kept<TElement>(SparsePattern pattern, MatrixView<TElement> values, bool isTransposed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        private TElement[] _right = [];
        private TElement[] _product = [];

        public bool IsOf(SparsePattern otherPattern, MatrixView<TElement> otherValues, bool isOtherTransposed) =>
            ReferenceEquals(pattern, otherPattern) && values.Span == otherValues.Span && isTransposed == isOtherTransposed;

        public bool TryCopy(MatrixView<TElement> right, MatrixView<TElement> into)
        {
            if (_product.Length == 0 || !AreSame(_right, right.Span))
            {
                return false;
            }

            _product.CopyTo(into.Span);
            return true;
        }

        public void Keep(MatrixView<TElement> right, MatrixView<TElement> product)
        {
            Copy(right.Span, ref _right);
            Copy(product.Span, ref _product);
        }

        /// <summary>By their bits, for 0 is not −0 in what comes of it.</summary>
        private static bool AreSame(ReadOnlySpan<TElement> one, ReadOnlySpan<TElement> other) => MemoryMarshal.AsBytes(one).SequenceEqual(MemoryMarshal.AsBytes(other));

        private static void Copy(ReadOnlySpan<TElement> from, ref TElement[] into)
        {
            if (into.Length != from.Length)
            {
                into = new TElement[from.Length];
            }

            from.CopyTo(into);
        }
    }
}
