using System.Numerics;

namespace AutoGradMf.Kernels;

public static unsafe partial class ThinProduct
{
    private const int MostColumnSumChunks = 32;

    /// <summary><c>into[k] = Σ_i values[i, k]</c>, accumulated in double. O(elements).</summary>
    /// <param name="values">Rows × k.</param>
    /// <param name="into">k elements.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void ColumnSums<TElement>(MatrixView<TElement> values, MatrixView<double> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (into.Count != values.Columns)
        {
            throw new ArgumentException(
                $"The column sums of {Shapes.Text(values)} are {values.Columns}×1, and the destination is {Shapes.Text(into)}.",
                nameof(into));
        }

        var chunks = Chunks.Count(values.Count, ChunkElements, MostColumnSumChunks);
        var work = new ColumnSumming<TElement>
        {
            Values = values.Span,
            Rows = values.Rows,
            Columns = values.Columns,
            Sums = (_buffer ??= new()).Reserve((long)chunks * LoopSums.Stride(values.Columns)),
            ChunkCount = chunks,
        };
        workers.Run(ref work, chunks);
        into.Span.Clear();
        LoopSums.Add(work.Sums, chunks, into.Span);
    }

    /// <summary>Σ left ∘ right, in double. O(elements).</summary>
    /// <exception cref="ArgumentException">The shapes differ; the message names both.</exception>
    public static double Dot<TElement>(MatrixView<TElement> left, MatrixView<TElement> right, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (!Shapes.Fits(right, left.Rows, left.Columns))
        {
            throw new ArgumentException($"There is no dot product of {Shapes.Text(left)} and {Shapes.Text(right)}.", nameof(right));
        }

        fixed (TElement* leftValues = left.Span, rightValues = right.Span)
        {
            return Total(leftValues, rightValues, left.Count, workers);
        }
    }

    /// <summary>The sum of all elements, in double. O(elements).</summary>
    public static double Sum<TElement>(MatrixView<TElement> values, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        fixed (TElement* first = values.Span)
        {
            return Total(first, null, values.Count, workers);
        }
    }

    private static double Total<TElement>(TElement* left, TElement* right, int count, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sums = stackalloc double[Chunks.Most * LoopSums.Stride(1)];
        var work = new Totalling<TElement>
        {
            Left = left,
            Right = right,
            Count = count,
            Sums = sums,
            ChunkCount = Chunks.Count(count, ChunkElements),
        };
        workers.Run(ref work, work.ChunkCount);
        double total = 0;
        LoopSums.Add(sums, work.ChunkCount, new Span<double>(ref total));
        return total;
    }

    private struct Totalling<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public TElement* Left;
        public TElement* Right;
        public int Count;
        public double* Sums;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var start = Chunks.Start(Count, chunk, ChunkCount);
            var count = Chunks.Start(Count, chunk + 1, ChunkCount) - start;
            Sums[chunk * LoopSums.Stride(1)] = Right == null ? Simd.Sum(Left + start, count) : Simd.Dot(Left + start, Right + start, count);
        }
    }

    private ref struct ColumnSumming<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<TElement> Values;
        public int Rows;
        public int Columns;
        public double* Sums;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var sums = new Span<double>(Sums + (chunk * LoopSums.Stride(Columns)), Columns);
            sums.Clear();
            var end = Chunks.Start(Rows, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(Rows, chunk, ChunkCount); i < end; i++)
            {
                FlopCount.Add(Columns);
                var row = Values.Slice(i * Columns, Columns);
                for (var k = 0; k < row.Length; k++)
                {
                    sums[k] += double.CreateTruncating(row[k]);
                }
            }
        }
    }
}
