using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Products and sums of thin matrices: many rows (users, movies), few columns (latent). What sums over rows is accumulated in
/// double, for float elements too. Destinations are overwritten and must not overlap what is read. A vector is a matrix of one
/// column, and as a destination may also be a row. Deterministic, whatever the number of threads.
/// </summary>
public static unsafe partial class ThinProduct
{
    private const int ChunkElements = 1 << 14;

    /// <summary><c>into = left · right</c>. O(rows · k · l).</summary>
    /// <param name="left">Rows × k.</param>
    /// <param name="right">k × l, small; rounded to the element type first if it is wider.</param>
    /// <param name="into">Rows × l.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void Multiply<TElement, THeld>(
        MatrixView<TElement> left, MatrixView<THeld> right, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where THeld : unmanaged, IBinaryFloatingPointIeee754<THeld>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (left.Columns != right.Rows || !Shapes.Fits(into, left.Rows, right.Columns))
        {
            throw new ArgumentException(
                $"{Shapes.Text(left)} times {Shapes.Text(right)} does not make {Shapes.Text(into)}.", nameof(right));
        }

        var packed = PackedMatrix<TElement>.OfThread.Pack<THeld>(right.Span, right.Rows, right.Columns, workers, TileRegisters<TElement>());
        MultiplyPacked(left, packed, right.Columns, into, workers);
    }

    /// <summary><c>into = left · rightᵀ</c>. O(rows · k · l).</summary>
    /// <param name="left">Rows × k.</param>
    /// <param name="right">l × k, small; rounded to the element type first if it is wider.</param>
    /// <param name="into">Rows × l.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void MultiplyTransposed<TElement, THeld>(
        MatrixView<TElement> left, MatrixView<THeld> right, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where THeld : unmanaged, IBinaryFloatingPointIeee754<THeld>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (left.Columns != right.Columns || !Shapes.Fits(into, left.Rows, right.Rows))
        {
            throw new ArgumentException(
                $"{Shapes.Text(left)} times the transpose of {Shapes.Text(right)} does not make {Shapes.Text(into)}.", nameof(right));
        }

        var packed = PackedMatrix<TElement>.OfThread.PackTransposed<THeld>(right.Span, right.Rows, right.Columns, TileRegisters<TElement>());
        MultiplyPacked(left, packed, right.Rows, into, workers);
    }

    /// <summary><c>into[i] = Σ_k left[i, k] · right[i, k]</c>. O(rows · k).</summary>
    /// <param name="left">Rows × k.</param>
    /// <param name="right">Rows × k.</param>
    /// <param name="into">One number per row.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void RowDots<TElement>(
        MatrixView<TElement> left, MatrixView<TElement> right, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (left.Rows != right.Rows || left.Columns != right.Columns || !Shapes.IsVector(into.Rows, into.Columns, left.Rows))
        {
            throw new ArgumentException(
                $"The dot products of the rows of {Shapes.Text(left)} and {Shapes.Text(right)} do not make {Shapes.Text(into)}.",
                nameof(right));
        }

        fixed (TElement* leftValues = left.Span, rightValues = right.Span)
        {
            var work = new DottingRows<TElement>
            {
                Left = leftValues,
                Right = rightValues,
                Width = left.Columns,
                Into = into.Span[..left.Rows],
                ChunkCount = Chunks.Count(left.Count, ChunkElements),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    /// <summary><c>into = values</c>, in double.</summary>
    /// <exception cref="ArgumentException">The shapes differ; the message names both.</exception>
    public static void Widen<TElement>(MatrixView<TElement> values, MatrixView<double> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!Shapes.Fits(into, values.Rows, values.Columns))
        {
            throw new ArgumentException($"{Shapes.Text(values)} does not widen into {Shapes.Text(into)}.", nameof(into));
        }

        Conversion.Convert<TElement, double>(values.Span, into.Span);
    }

    private static int TileRegisters<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => ProductTile.Stride<TElement>(1) / Vector<TElement>.Count;

    private static void MultiplyPacked<TElement>(
        MatrixView<TElement> left, PackedRows<TElement> right, int width, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        fixed (TElement* leftValues = left.Span)
        {
            var work = new MultiplyingRows<TElement>
            {
                Left = leftValues,
                Rows = left.Rows,
                Inner = left.Columns,
                Right = right,
                Width = width,
                Into = into.Span,
                ChunkCount = Chunks.Count((long)left.Rows * left.Columns * width, ChunkElements * 8),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    private ref struct MultiplyingRows<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public TElement* Left;
        public int Rows;
        public int Inner;
        public PackedRows<TElement> Right;
        public int Width;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var units = ProductTile.RoundUp(Rows) / ProductTile.Rows;
            var end = Math.Min(Rows, Chunks.Start(units, chunk + 1, ChunkCount) * ProductTile.Rows);
            var stride = Right.Stride;
            var into = Into;
            var sums = stackalloc TElement[ProductTile.Rows * stride];
            for (var i = Chunks.Start(units, chunk, ChunkCount) * ProductTile.Rows; i < end; i += ProductTile.Rows)
            {
                var count = Math.Min(ProductTile.Rows, end - i);
                if (count < ProductTile.Rows)
                {
                    MultiplyLast(i, count);
                    return;
                }

                FlopCount.Add(2L * count * Inner * Width);
                ProductTile.Multiply(Left + ((nint)i * Inner), 1, Inner, Right[0], stride, Inner, sums, stride, stride, isAdding: false);
                for (var r = 0; r < count; r++)
                {
                    new Span<TElement>(sums + (r * stride), Width).CopyTo(into[((i + r) * Width)..]);
                }
            }
        }

        /// <summary>Rows that do not fill a tile.</summary>
        private readonly void MultiplyLast(int i, int count)
        {
            for (var r = i; r < i + count; r++)
            {
                var row = Into.Slice(r * Width, Width);
                row.Clear();
                PackedProduct.Add(Left + ((nint)r * Inner), 1, Right, new ConsecutiveRows(0), Inner, row);
            }
        }
    }

    private ref struct DottingRows<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public TElement* Left;
        public TElement* Right;
        public int Width;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var end = Chunks.Start(Into.Length, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(Into.Length, chunk, ChunkCount); i < end; i++)
            {
                var start = (nint)i * Width;
                Into[i] = TElement.CreateTruncating(Simd.Dot(Left + start, Right + start, Width));
            }
        }
    }
}
