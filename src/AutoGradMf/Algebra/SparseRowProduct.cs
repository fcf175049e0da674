using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

/// <summary>
/// The product of two sparse matrices of which no more than a row is made at a time, in double, for the whole may have an element for each pair. The
/// callers have compared the shapes.
/// </summary>
internal sealed class SparseRowProduct<TElement>(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int LeastEntries = 1 << 12;

    /// <summary>Each has a left row among nothing, of as many numbers as the left matrix has columns.</summary>
    private const int MostChunks = 64;

    /// <summary>The elements at the entries of a pattern, in row order.</summary>
    public TElement[] At(SparsePattern pattern)
    {
        var sampled = new TElement[pattern.Count];
        var chunks = Chunks.Count(pattern.Count, LeastEntries, MostChunks);
        var work = new EntryWork(this, pattern, sampled, chunks);
        Workers.Shared.Run(ref work, chunks);
        return sampled;
    }

    /// <summary>Σ x·y over all elements of this product and another.</summary>
    public double Dot(SparseRowProduct<TElement> other)
    {
        var chunks = Chunks.Count(Rows, 1);
        var work = new DotWork(this, other, new double[chunks]);
        Workers.Shared.Run(ref work, chunks);
        return Reduction.Sum<double>(work.Sums);
    }

    /// <summary>How many numbers are multiplied for all rows.</summary>
    public long Products
    {
        get
        {
            var products = 0L;
            for (var k = 0; k < right.Rows; k++)
            {
                products += (left.Pattern.ColumnPointers[k + 1] - left.Pattern.ColumnPointers[k]) * (right.Pattern.RowPointers[k + 1] - right.Pattern.RowPointers[k]);
            }

            return products;
        }
    }

    private int Rows => left.Rows;

    private int Columns => right.Columns;

    /// <summary>The left matrix's row among nothing, or nothing in its place: what is not stored takes no part, whatever it would be multiplied with.</summary>
    private void Spread(int row, double?[] factors, bool isClearing)
    {
        for (var entry = (int)left.Pattern.RowPointers[row]; entry < left.Pattern.RowPointers[row + 1]; entry++)
        {
            factors[left.Pattern.ColumnIndices[entry]] = isClearing ? null : double.CreateTruncating(left.Values[entry]);
        }
    }

    /// <summary>The elements at the entries of some rows of a pattern.</summary>
    private void Sample(SparsePattern pattern, int start, int end, TElement[] sampled)
    {
        var factors = new double?[left.Columns];
        for (var i = start; i < end; i++)
        {
            Spread(i, factors, isClearing: false);
            for (var entry = (int)pattern.RowPointers[i]; entry < pattern.RowPointers[i + 1]; entry++)
            {
                sampled[entry] = TElement.CreateTruncating(Dot(factors, pattern.ColumnIndices[entry]));
            }

            Spread(i, factors, isClearing: true);
        }
    }

    private double Dot(double?[] factors, int column)
    {
        var (pattern, sum) = (right.Pattern, 0.0);
        for (var place = (int)pattern.ColumnPointers[column]; place < pattern.ColumnPointers[column + 1]; place++)
        {
            if (factors[pattern.RowIndices[place]] is { } factor)
            {
                sum += factor * double.CreateTruncating(right.Values[pattern.ColumnOrder[place]]);
            }
        }

        return sum;
    }

    /// <summary>Adds a row of the product to as many numbers.</summary>
    private void AddRow(int row, double[] sums)
    {
        for (var entry = (int)left.Pattern.RowPointers[row]; entry < left.Pattern.RowPointers[row + 1]; entry++)
        {
            var (k, factor) = (left.Pattern.ColumnIndices[entry], double.CreateTruncating(left.Values[entry]));
            for (var e = (int)right.Pattern.RowPointers[k]; e < right.Pattern.RowPointers[k + 1]; e++)
            {
                sums[right.Pattern.ColumnIndices[e]] += factor * double.CreateTruncating(right.Values[e]);
            }
        }
    }

    /// <summary>Σ x·y over the elements of a row, which are all that the sums hold, and zeros in their place.</summary>
    private double TakeRow(int row, double[] sums, double[] others)
    {
        var dot = 0.0;
        for (var entry = (int)left.Pattern.RowPointers[row]; entry < left.Pattern.RowPointers[row + 1]; entry++)
        {
            var k = left.Pattern.ColumnIndices[entry];
            for (var e = (int)right.Pattern.RowPointers[k]; e < right.Pattern.RowPointers[k + 1]; e++)
            {
                var j = right.Pattern.ColumnIndices[e];

                // An element that several products add up to is taken once.
                dot += sums[j] == 0 ? 0 : sums[j] * others[j];
                sums[j] = 0;
            }
        }

        return dot;
    }

    private readonly struct EntryWork(SparseRowProduct<TElement> product, SparsePattern pattern, TElement[] sampled, int chunks) : IChunkedWork
    {
        public void Run(int chunk) =>
            product.Sample(pattern, Chunks.Start(pattern.RowPointers, chunk, chunks), Chunks.Start(pattern.RowPointers, chunk + 1, chunks), sampled);
    }

    private readonly struct DotWork(SparseRowProduct<TElement> product, SparseRowProduct<TElement> other, double[] sums) : IChunkedWork
    {
        public double[] Sums => sums;

        public void Run(int chunk)
        {
            var (row, others) = (new double[product.Columns], new double[product.Columns]);
            for (var i = Chunks.Start(product.Rows, chunk, sums.Length); i < Chunks.Start(product.Rows, chunk + 1, sums.Length); i++)
            {
                product.AddRow(i, row);
                other.AddRow(i, others);
                sums[chunk] += product.TakeRow(i, row, others);
                other.TakeRow(i, others, others);
            }
        }
    }
}
