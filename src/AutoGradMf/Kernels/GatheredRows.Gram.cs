using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

public static unsafe partial class GatheredRows
{
    private const int ChunkProducts = 1 << 18;
    private const int MostGramChunks = 32;

    [ThreadStatic]
    private static PinnedBuffer<double>? _gramBuffer;

    /// <summary><c>into[k, l] = Σ_s left[s, k] right[s, l]</c>, in double. O(samples · k · l).</summary>
    /// <param name="left">What the left rows are sums of, k columns each.</param>
    /// <param name="right">What the right rows are sums of, l columns each; nothing for ones, of which l is 1.</param>
    /// <param name="into">k × l.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term or the destination does not fit; the message names both shapes.</exception>
    public static void Gram<TElement>(ReadOnlySpan<RowTerm<TElement>> left, ReadOnlySpan<RowTerm<TElement>> right, MatrixView<double> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        var samples = SamplesOf(left) ?? SamplesOf(right) ?? 0;
        var (k, l) = (SampleRows<TElement>.WidthOf(left), right.IsEmpty ? 1 : SampleRows<TElement>.WidthOf(right));
        Check(left, samples, k);
        CheckRight(right, samples, l);
        if (!Shapes.Fits(into, k, l))
        {
            throw new ArgumentException($"Rows of {k} and of {l} numbers do not add up to {Shapes.Text(into)}.", nameof(into));
        }

        var chunks = Chunks.Count((long)samples * k * l, ChunkProducts, MostGramChunks);
        var work = new Summing<TElement>
        {
            Samples = samples,
            Left = new(left, k),
            Right = new(right, l),
            Sums = (_gramBuffer ??= new()).Reserve((long)chunks * LoopSums.Stride(k * l)),
            ChunkCount = chunks,
        };
        workers.Run(ref work, chunks);
        into.Span.Clear();
        LoopSums.Add(work.Sums, chunks, into.Span);
    }

    /// <summary>How many samples there are; null if no term says so.</summary>
    private static int? SamplesOf<TElement>(ReadOnlySpan<RowTerm<TElement>> terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var term in terms)
        {
            if (term.Kind != RowTermKind.Same)
            {
                return term.Index?.Rows ?? term.Matrix.Rows;
            }
        }

        return null;
    }

    /// <summary>Each chunk adds up the outer products of its samples' rows, in their order.</summary>
    private ref struct Summing<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public int Samples;
        public SampleRows<TElement> Left;
        public SampleRows<TElement> Right;
        public double* Sums;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var (k, l) = (Left.Width, Right.Width);
            var (start, end) = (Chunks.Start(Samples, chunk, ChunkCount), Chunks.Start(Samples, chunk + 1, ChunkCount));
            var sums = new Span<double>(Sums + ((nint)chunk * LoopSums.Stride(k * l)), k * l);
            sums.Clear();
            FlopCount.Add((end - start) * ((Left.Operations * (long)k) + (Right.AreOnes ? k : (2L * k * l) + (Right.Operations * (long)l))));
            for (var row = 0; row < k; row += BlockColumns)
            {
                for (var column = 0; column < l; column += BlockColumns)
                {
                    AddBlock(sums, start, end, row, Math.Min(BlockColumns, k - row), column, Math.Min(BlockColumns, l - column));
                }
            }
        }

        private readonly void AddBlock(Span<double> sums, int start, int end, int row, int rows, int column, int columns)
        {
            Span<TElement> left = stackalloc TElement[rows], leftPart = stackalloc TElement[rows], right = stackalloc TElement[columns], rightPart = stackalloc TElement[columns];
            Span<double> wideLeft = stackalloc double[rows], wideRight = stackalloc double[columns];
            wideRight.Fill(1);
            for (var sample = start; sample < end; sample++)
            {
                Conversion.Convert(Left.Read(sample, row, left, leftPart), wideLeft);
                if (!Right.AreOnes)
                {
                    Conversion.Convert(Right.Read(sample, column, right, rightPart), wideRight);
                }

                for (var r = 0; r < rows; r++)
                {
                    var into = sums.Slice(((row + r) * Right.Width) + column, columns);
                    TensorPrimitives.MultiplyAdd(wideRight, wideLeft[r], into, into);
                }
            }
        }
    }
}
