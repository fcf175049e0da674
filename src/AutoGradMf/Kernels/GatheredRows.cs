using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

/// <summary>
/// Products with rows that samples choose by number, as u_i · (v_j − v_l) of triples (i, j, l): the rows are read where they are, and a matrix of
/// samples × k is never made. Destinations are overwritten and must not overlap what is read. Deterministic, whatever the number of threads.
/// </summary>
public static unsafe partial class GatheredRows
{
    private const int ChunkElements = 1 << 14;
    private const int ChunkEntries = 1 << 10;

    /// <summary>Numbers of a row that are read at a time.</summary>
    private const int BlockColumns = 256;

    /// <summary>Samples that are added up before they are added to the others: it keeps more digits.</summary>
    private const int SegmentSamples = 256;

    /// <summary><c>into[s] = Σ_k left[s, k] right[s, k]</c>. O(samples · k · terms).</summary>
    /// <param name="left">What the left rows are sums of, k columns each.</param>
    /// <param name="right">What the right rows are sums of, k columns each; nothing for ones.</param>
    /// <param name="into">A number for each sample.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term does not fit; the message names both shapes.</exception>
    public static void Dots<TElement>(
        ReadOnlySpan<RowTerm<TElement>> left, ReadOnlySpan<RowTerm<TElement>> right, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        var width = Math.Max(SampleRows<TElement>.WidthOf(left), SampleRows<TElement>.WidthOf(right));
        Check(left, into.Count, width);
        CheckRight(right, into.Count, width);
        var work = new Dotting<TElement>
        {
            Left = new(left, width),
            Right = new(right, width),
            Into = into.Span,
            ChunkCount = Chunks.Count((long)into.Count * width, ChunkElements),
        };
        workers.Run(ref work, work.ChunkCount);
    }

    /// <summary><c>into[i, k] = Σ_s weights[s] rows[s, k]</c> over the samples s that chose i. O(samples · k · terms).</summary>
    /// <param name="index">Samples × rows of the destination, with one entry in each row: who chose what.</param>
    /// <param name="weights">A number for each sample.</param>
    /// <param name="rows">What the rows of samples are sums of, k columns each; nothing for ones, of which k is 1.</param>
    /// <param name="into">A row of k numbers for each that may be chosen.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term or the destination does not fit; the message names both shapes.</exception>
    public static void Scatter<TElement>(
        SparsePattern index, MatrixView<TElement> weights, ReadOnlySpan<RowTerm<TElement>> rows, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(workers);
        var width = rows.IsEmpty ? 1 : into.Columns;
        if (index.Count != index.Rows || !Shapes.IsVector(weights.Rows, weights.Columns, index.Rows) || !Shapes.Fits(into, index.Columns, width))
        {
            throw new ArgumentException(
                $"{index.Count} entries of {index.Rows}×{index.Columns} choose a row for each of {index.Rows} samples, and the weights are {Shapes.Text(weights)}, the destination {Shapes.Text(into)}.",
                nameof(index));
        }

        CheckRight(rows, index.Rows, width);
        var work = new Scattering<TElement>
        {
            Index = index,
            Weights = weights.Span,
            Rows = new(rows, width),
            Into = into.Span,
            ChunkCount = Chunks.Count((long)index.Count + index.Columns, ChunkEntries),
        };
        workers.Run(ref work, work.ChunkCount);
    }

    private static void CheckRight<TElement>(ReadOnlySpan<RowTerm<TElement>> terms, int samples, int width)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!terms.IsEmpty)
        {
            Check(terms, samples, width);
        }
    }

    private static void Check<TElement>(ReadOnlySpan<RowTerm<TElement>> terms, int samples, int width)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (terms.IsEmpty || terms[0].IsFactor)
        {
            throw new ArgumentException("Rows are sums of at least one term, and the first one is no factor of another.", nameof(terms));
        }

        foreach (ref readonly var term in terms)
        {
            if (!term.Fits(samples, width))
            {
                var index = term.Index is null ? "" : $", chosen by {term.Index.Count} entries of {term.Index.Rows}×{term.Index.Columns},";
                throw new ArgumentException($"Rows of {Shapes.Text(term.Matrix)}{index} are no {samples}×{width} of samples.", nameof(terms));
            }
        }
    }

    private ref struct Dotting<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SampleRows<TElement> Left;
        public SampleRows<TElement> Right;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var block = Math.Min(Left.Width, BlockColumns);
            Span<TElement> left = stackalloc TElement[block], right = stackalloc TElement[block], part = stackalloc TElement[block];
            var (start, end) = (Chunks.Start(Into.Length, chunk, ChunkCount), Chunks.Start(Into.Length, chunk + 1, ChunkCount));
            FlopCount.Add(((Right.AreOnes ? 1L : 2L + Right.Operations) + Left.Operations) * (end - start) * Left.Width);
            for (var sample = start; sample < end; sample++)
            {
                var dot = TElement.Zero;
                for (var column = 0; column < Left.Width; column += block)
                {
                    var count = Math.Min(block, Left.Width - column);
                    var row = Left.Read(sample, column, left[..count], part[..count]);
                    dot += Right.AreOnes
                        ? TensorPrimitives.Sum(row)
                        : TensorPrimitives.Dot(row, Right.Read(sample, column, right[..count], part[..count]));
                }

                Into[sample] = dot;
            }
        }
    }

    /// <summary>Each row of the destination adds up its samples in their order.</summary>
    private ref struct Scattering<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SparsePattern Index;
        public ReadOnlySpan<TElement> Weights;
        public SampleRows<TElement> Rows;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var (width, block) = (Rows.Width, Math.Min(Rows.Width, BlockColumns));
            Span<TElement> row = stackalloc TElement[block], part = stackalloc TElement[block], total = stackalloc TElement[block];
            var pointers = Index.ColumnPointers;
            var end = Chunks.Start(pointers, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(pointers, chunk, ChunkCount); i < end; i++)
            {
                var samples = Index.RowIndices[(int)pointers[i]..(int)pointers[i + 1]];
                if (Rows.AreOnes)
                {
                    Into[i] = Sum(samples);
                    continue;
                }

                FlopCount.Add((2L + Rows.Operations) * samples.Length * width);
                for (var column = 0; column < width; column += block)
                {
                    var count = Math.Min(block, width - column);
                    var into = Into.Slice((i * width) + column, count);
                    into.Clear();
                    for (var s = 0; s < samples.Length; s += SegmentSamples)
                    {
                        total.Clear();
                        foreach (var sample in samples.Slice(s, Math.Min(SegmentSamples, samples.Length - s)))
                        {
                            TensorPrimitives.MultiplyAdd(
                                Rows.Read(sample, column, row[..count], part[..count]), Weights[sample], total[..count], total[..count]);
                        }

                        TensorPrimitives.Add(into, total[..count], into);
                    }
                }
            }
        }

        private readonly TElement Sum(ReadOnlySpan<int> samples)
        {
            FlopCount.Add(samples.Length);
            var sum = 0.0;
            foreach (var sample in samples)
            {
                sum += double.CreateTruncating(Weights[sample]);
            }

            return TElement.CreateTruncating(sum);
        }
    }
}
