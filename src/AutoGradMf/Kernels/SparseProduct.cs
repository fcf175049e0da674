using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Products of a sparse m × n matrix, given as a pattern and one number per stored entry, with thin dense matrices.
/// Destinations are overwritten and must not overlap what is read. Deterministic, whatever the number of threads.
/// </summary>
public static unsafe partial class SparseProduct
{
    private const int ChunkEntries = 1 << 12;
    private const int SegmentEntries = 256;

    /// <summary><c>into = S · right</c>, m × k. O(entries · k).</summary>
    /// <param name="pattern">Which entries S stores.</param>
    /// <param name="values">One number per stored entry.</param>
    /// <param name="right">n × k.</param>
    /// <param name="into">m × k.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void Multiply<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Check(pattern, values, workers);
        CheckProduct(pattern.Rows, pattern.Columns, right, into);

        fixed (TElement* first = values.Span)
        fixed (int* columnIndices = pattern.ColumnIndices)
        {
            var work = new RowProducts<TElement>
            {
                Pattern = pattern,
                Values = first,
                ColumnIndices = columnIndices,
                Right = PackedMatrix<TElement>.OfThread.Pack<TElement>(right.Span, right.Rows, right.Columns, workers),
                Into = into.Span,
                Width = right.Columns,
                ChunkCount = Chunks.Count((long)pattern.Count + pattern.Rows, ChunkEntries),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    /// <summary>As the other, on the threads of a workspace, which may keep the product.</summary>
    /// <param name="pattern">Which entries S stores.</param>
    /// <param name="values">One number per stored entry; they must not change.</param>
    /// <param name="right">n × k.</param>
    /// <param name="into">m × k.</param>
    /// <param name="workspace">See <see cref="Objectives.Workspace.KeepsProducts"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void Multiply<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into, Objectives.Workspace workspace)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Multiply(pattern, values, right, into, workspace, isTransposed: false);

    /// <summary>As the other, on the threads of a workspace, which may keep the product.</summary>
    /// <param name="pattern">Which entries S stores.</param>
    /// <param name="values">One number per stored entry; they must not change.</param>
    /// <param name="right">m × k.</param>
    /// <param name="into">n × k.</param>
    /// <param name="workspace">See <see cref="Objectives.Workspace.KeepsProducts"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void MultiplyTransposed<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into, Objectives.Workspace workspace)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Multiply(pattern, values, right, into, workspace, isTransposed: true);

    /// <summary><c>into = Sᵀ · right</c>, n × k. O(entries · k).</summary>
    /// <param name="pattern">Which entries S stores.</param>
    /// <param name="values">One number per stored entry.</param>
    /// <param name="right">m × k.</param>
    /// <param name="into">n × k.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void MultiplyTransposed<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Check(pattern, values, workers);
        CheckProduct(pattern.Columns, pattern.Rows, right, into);

        var with = PackedMatrix<TElement>.OfThread.Pack<TElement>(right.Span, right.Rows, right.Columns, workers);
        var result = LoopResult.ColumnProduct(0, right, into);
        fixed (TElement* first = values.Span)
        {
            ColumnPass.Run(pattern, first, new ReadOnlySpan<LoopResult<TElement>>(in result), new(in with), workers);
        }
    }

    /// <summary><c>into[i] = Σ_j S[i, j]</c>. O(entries).</summary>
    /// <param name="pattern">Which entries S stores.</param>
    /// <param name="values">One number per stored entry.</param>
    /// <param name="into">m numbers.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void RowSums<TElement>(SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Check(pattern, values, workers);
        CheckSums(pattern, pattern.Rows, into);
        fixed (TElement* first = values.Span)
        {
            var work = new RowTotals<TElement>
            {
                Pattern = pattern,
                Values = first,
                Into = into.Span,
                ChunkCount = Chunks.Count((long)pattern.Count + pattern.Rows, ChunkEntries * 8),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    /// <summary><c>into[j] = Σ_i S[i, j]</c>. O(entries).</summary>
    /// <param name="pattern">Which entries S stores.</param>
    /// <param name="values">One number per stored entry.</param>
    /// <param name="into">n numbers.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void ColumnSums<TElement>(SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Check(pattern, values, workers);
        CheckSums(pattern, pattern.Columns, into);
        var result = LoopResult.ColumnSums(0, into);
        fixed (TElement* first = values.Span)
        {
            ColumnPass.Run(pattern, first, new ReadOnlySpan<LoopResult<TElement>>(in result), default, workers);
        }
    }

    private static void Check<TElement>(SparsePattern pattern, MatrixView<TElement> values, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(workers);
        if (!Shapes.IsVector(values.Rows, values.Columns, pattern.Count))
        {
            throw new ArgumentException(
                $"A {pattern.Rows}×{pattern.Columns} pattern of {pattern.Count} entries needs {pattern.Count}×1 values, "
                + $"and got {Shapes.Text(values)}.",
                nameof(values));
        }
    }

    private static void CheckSums<TElement>(SparsePattern pattern, int length, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!Shapes.IsVector(into.Rows, into.Columns, length))
        {
            throw new ArgumentException(
                $"The sums of a {pattern.Rows}×{pattern.Columns} pattern are {length}×1, and the destination is {Shapes.Text(into)}.",
                nameof(into));
        }
    }

    private static void Multiply<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into, Objectives.Workspace workspace, bool isTransposed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Check(pattern, values, workspace.Workers);
        var (rows, columns) = isTransposed ? (pattern.Columns, pattern.Rows) : (pattern.Rows, pattern.Columns);
        CheckProduct(rows, columns, right, into);
        if (workspace.Products?.TryCopy(pattern, values, right, into, isTransposed) == true)
        {
            return;
        }

        if (isTransposed)
        {
            MultiplyTransposed(pattern, values, right, into, workspace.Workers);
        }
        else
        {
            Multiply(pattern, values, right, into, workspace.Workers);
        }

        workspace.Products?.Keep(pattern, values, right, into, isTransposed);
    }

    private static void CheckProduct<TElement>(int rows, int columns, MatrixView<TElement> right, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (right.Rows != columns || !Shapes.Fits(into, rows, right.Columns))
        {
            throw new ArgumentException($"A sparse {rows}×{columns} matrix times {Shapes.Text(right)} does not make {Shapes.Text(into)}.");
        }
    }

    private ref struct RowProducts<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SparsePattern Pattern;
        public TElement* Values;
        public int* ColumnIndices;
        public PackedRows<TElement> Right;
        public Span<TElement> Into;
        public int Width;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var pointers = Pattern.RowPointers;
            var end = Chunks.Start(pointers, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(pointers, chunk, ChunkCount); i < end; i++)
            {
                var row = Into.Slice(i * Width, Width);
                row.Clear();

                // Long rows are added up piece by piece: it keeps more digits, and matches how columns are.
                for (var e = (int)pointers[i]; e < (int)pointers[i + 1]; e += SegmentEntries)
                {
                    var count = Math.Min(SegmentEntries, (int)pointers[i + 1] - e);
                    PackedProduct.Add(Values + e, 1, Right, new ListedRows(ColumnIndices + e), count, row);
                }
            }
        }
    }

    private ref struct RowTotals<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public SparsePattern Pattern;
        public TElement* Values;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var pointers = Pattern.RowPointers;
            var end = Chunks.Start(pointers, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(pointers, chunk, ChunkCount); i < end; i++)
            {
                Into[i] = TElement.CreateTruncating(Simd.Sum(Values + pointers[i], (int)(pointers[i + 1] - pointers[i])));
            }
        }
    }
}
