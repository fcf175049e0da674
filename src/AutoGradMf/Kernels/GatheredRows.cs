using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

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
            Width = width,
            Operations = SampleRows<TElement>.OperationsOf(left) + (right.IsEmpty ? 1 : 2 + SampleRows<TElement>.OperationsOf(right)),
            Into = into.Span,
            Workers = workers,
        };
        PinnedRows.Run(ref work, left, right);
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
            Width = width,
            Operations = 2 + SampleRows<TElement>.OperationsOf(rows),
            Into = into.Span,
            Workers = workers,
        };
        PinnedRows.Run(ref work, rows, []);
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

    private ref struct Dotting<TElement> : IPinnedWork<TElement>, IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public int Width;
        public int Operations;
        public Span<TElement> Into;
        public Workers Workers;
        private PinnedRows<TElement> _left;
        private PinnedRows<TElement> _right;
        private int _chunkCount;

        public void Run(PinnedRows<TElement> left, PinnedRows<TElement> right)
        {
            (_left, _right) = (left, right);
            _chunkCount = Chunks.Count((long)Into.Length * Width, ChunkElements);
            Workers.Run(ref this, _chunkCount);
        }

        public readonly void Run(int chunk)
        {
            var left = stackalloc TElement*[_left.Count];
            var right = stackalloc TElement*[_right.Count];
            var (start, end) = (Chunks.Start(Into.Length, chunk, _chunkCount), Chunks.Start(Into.Length, chunk + 1, _chunkCount));
            FlopCount.Add((long)Operations * (end - start) * Width);
            for (var sample = start; sample < end; sample++)
            {
                _left.Find(sample, left);
                _right.Find(sample, right);
                var (dot, column) = (TElement.Zero, 0);
                Add<Register512<TElement>>(left, right, ref column, ref dot);
                Add<Register256<TElement>>(left, right, ref column, ref dot);
                Add<Register128<TElement>>(left, right, ref column, ref dot);
                Add<Register1<TElement>>(left, right, ref column, ref dot);
                Into[sample] = dot;
            }
        }

        /// <summary>Adds what the columns from <paramref name="column"/> on give, as far as they fill registers.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Add<TRegister>(TElement** left, TElement** right, ref int column, ref TElement dot)
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            if (!TRegister.IsSupported || column + TRegister.Count > Width)
            {
                return;
            }

            TRegister sum = default;
            for (; column + TRegister.Count <= Width; column += TRegister.Count)
            {
                sum = TRegister.MultiplyAdd(_left.Read<TRegister>(left, column), _right.Read<TRegister>(right, column), sum);
            }

            dot += TRegister.Sum(sum);
        }
    }

    /// <summary>Each row of the destination adds up its samples in their order.</summary>
    private ref struct Scattering<TElement> : IPinnedWork<TElement>, IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SparsePattern Index;
        public ReadOnlySpan<TElement> Weights;
        public int Width;
        public int Operations;
        public Span<TElement> Into;
        public Workers Workers;
        private PinnedRows<TElement> _rows;
        private int _chunkCount;

        public void Run(PinnedRows<TElement> left, PinnedRows<TElement> right)
        {
            _rows = left;
            _chunkCount = Chunks.Count((long)Index.Count + Index.Columns, ChunkEntries);
            Workers.Run(ref this, _chunkCount);
        }

        public readonly void Run(int chunk)
        {
            var rows = stackalloc TElement*[SegmentSamples * _rows.Count];
            var weights = stackalloc TElement[SegmentSamples];
            var pointers = Index.ColumnPointers;
            var end = Chunks.Start(pointers, chunk + 1, _chunkCount);
            for (var i = Chunks.Start(pointers, chunk, _chunkCount); i < end; i++)
            {
                var samples = Index.RowIndices[(int)pointers[i]..(int)pointers[i + 1]];
                if (_rows.Count == 0)
                {
                    Into[i] = Sum(samples);
                    continue;
                }

                FlopCount.Add((long)Operations * samples.Length * Width);
                var into = Into.Slice(i * Width, Width);
                into.Clear();
                for (var s = 0; s < samples.Length; s += SegmentSamples)
                {
                    Add(samples.Slice(s, Math.Min(SegmentSamples, samples.Length - s)), weights, rows, into);
                }
            }
        }

        /// <summary>
        /// First finds what the samples read, which is all over memory, and then adds it up: only so are many of them on their way at a time.
        /// </summary>
        private readonly void Add(ReadOnlySpan<int> samples, TElement* weights, TElement** rows, Span<TElement> into)
        {
            for (var s = 0; s < samples.Length; s++)
            {
                weights[s] = Weights[samples[s]];
            }

            _rows.Find(samples, rows);
            fixed (TElement* first = into)
            {
                var column = 0;
                Add<Register512<TElement>>(samples.Length, weights, rows, ref column, first);
                Add<Register256<TElement>>(samples.Length, weights, rows, ref column, first);
                Add<Register128<TElement>>(samples.Length, weights, rows, ref column, first);
                Add<Register1<TElement>>(samples.Length, weights, rows, ref column, first);
            }
        }

        /// <summary>Adds the columns from <paramref name="column"/> on, as far as they fill registers.</summary>
        private readonly void Add<TRegister>(int samples, TElement* weights, TElement** rows, ref int column, TElement* into)
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            for (; TRegister.IsSupported && column + TRegister.Count <= Width; column += TRegister.Count)
            {
                TRegister sum = default;
                for (var s = 0; s < samples; s++)
                {
                    sum = TRegister.MultiplyAdd(TRegister.All(weights[s]), _rows.Read<TRegister>(rows + (s * _rows.Count), column), sum);
                }

                TRegister.Store(TRegister.Load(into + column) + sum, into + column);
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
