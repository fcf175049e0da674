using System.Numerics;

namespace AutoGradMf.Kernels;

public static unsafe partial class ThinProduct
{
    [ThreadStatic]
    private static PinnedBuffer<double>? _rows;

    /// <summary>
    /// <c>into[r, k, l] = Σ_i outer[i, r] · left[i, k] · right[i, l]</c>, accumulated in double: the third moments of rows, one Gram matrix for
    /// each column of <paramref name="outer"/>. Of what is symmetric, since matrices are the same, one part is computed. O(rows · r · k · l), in
    /// memory of max(r, 32) · k · l numbers.
    /// </summary>
    /// <param name="outer">Rows × r.</param>
    /// <param name="left">Rows × k.</param>
    /// <param name="right">Rows × l.</param>
    /// <param name="into">(r · k) × l: row r · k + k' has the products with column k' of <paramref name="left"/>.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void Moments<TElement>(
        MatrixView<TElement> outer, MatrixView<TElement> left, MatrixView<TElement> right, MatrixView<double> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (outer.Rows != left.Rows || left.Rows != right.Rows || into.Rows != (long)outer.Columns * left.Columns || into.Columns != right.Columns)
        {
            throw new ArgumentException(
                $"The moments of the rows of {Shapes.Text(outer)}, {Shapes.Text(left)} and {Shapes.Text(right)} do not make {Shapes.Text(into)}.", nameof(into));
        }

        var most = Math.Max(1, GramMostChunks / Math.Max(1, outer.Columns));
        var work = new MomentWork<TElement>
        {
            Outer = outer.Span,
            Left = left.Span,
            Right = right.Span,
            Rows = left.Rows,
            Slices = outer.Columns,
            LeftColumns = left.Columns,
            RightColumns = right.Columns,
            LeftStride = ProductTile.Stride<double>(left.Columns),
            RightStride = ProductTile.Stride<double>(right.Columns),
            IsSymmetric = left.Columns == right.Columns && left.Span == right.Span,
            IsOfOne = left.Columns == right.Columns && left.Span == right.Span && outer.Columns == left.Columns && outer.Span == left.Span,
            ChunkCount = Chunks.Count((long)left.Rows * left.Columns * right.Columns, GramChunkProducts, most),
        };
        var tasks = work.Slices * work.ChunkCount;
        work.Buffer = (_buffer ??= new()).Reserve(tasks * work.PerTask);
        workers.RunPrepared(ref work, tasks);
        work.Reduce(into.Span);
    }

    /// <summary>
    /// <c>into[i, l] = Σ_rk outer[i, r] · left[i, k] · moments[r, k, l]</c>. O(rows · r · k · l).
    /// </summary>
    /// <param name="outer">Rows × r.</param>
    /// <param name="left">Rows × k.</param>
    /// <param name="moments">(r · k) × l, as <see cref="Moments"/> makes them; rounded to the element type first if that is narrower.</param>
    /// <param name="into">Rows × l.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void MultiplyMoments<TElement>(
        MatrixView<TElement> outer, MatrixView<TElement> left, MatrixView<double> moments, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (outer.Rows != left.Rows || moments.Rows != (long)outer.Columns * left.Columns || !Shapes.Fits(into, left.Rows, moments.Columns))
        {
            throw new ArgumentException(
                $"The rows of {Shapes.Text(outer)} and {Shapes.Text(left)} times moments of {Shapes.Text(moments)} do not make {Shapes.Text(into)}.", nameof(moments));
        }

        var work = new MultiplyingMoments<TElement>
        {
            Outer = outer.Span,
            Left = left.Span,
            Rows = left.Rows,
            Slices = outer.Columns,
            Inner = left.Columns,
            Moments = PackedMatrix<TElement>.OfThread.Pack<double>(moments.Span, moments.Rows, moments.Columns, workers, TileRegisters<TElement>()),
            Width = moments.Columns,
            Into = into.Span,
            ChunkCount = Chunks.Count((long)left.Rows * moments.Rows * moments.Columns, ChunkElements * 8),
        };
        workers.Run(ref work, work.ChunkCount);
    }

    /// <summary>A task is one column of the outer matrix, and a chunk of the rows.</summary>
    private ref struct MomentWork<TElement> : IPreparedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<TElement> Outer;
        public ReadOnlySpan<TElement> Left;
        public ReadOnlySpan<TElement> Right;
        public int Rows;
        public int Slices;
        public int LeftColumns;
        public int RightColumns;
        public int LeftStride;
        public int RightStride;
        public int ChunkCount;
        public double* Buffer;

        /// <summary>Whether left and right are the same.</summary>
        public bool IsSymmetric;

        /// <summary>Whether all three are the same.</summary>
        public bool IsOfOne;

        public readonly long PerTask => (long)LeftStride * RightStride;

        public readonly long Room => (long)GramBlockRows * (LeftStride + RightStride);

        public readonly void Prepare() => (_rows ??= new()).Reserve(Room);

        public readonly void Run(int task)
        {
            var (slice, chunk) = (task / ChunkCount, task % ChunkCount);
            var sums = Buffer + (task * PerTask);
            for (nint s = 0; s < (nint)PerTask; s++)
            {
                sums[s] = 0;
            }

            var left = (_rows ??= new()).Reserve(Room);
            var right = left + ((nint)GramBlockRows * LeftStride);
            var end = Chunks.Start(Rows, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(Rows, chunk, ChunkCount); i < end; i += GramBlockRows)
            {
                var count = Math.Min(GramBlockRows, end - i);
                for (var r = 0; r < count; r++)
                {
                    Widen(Left, i + r, LeftColumns, double.CreateTruncating(Outer[((i + r) * Slices) + slice]), new(left + ((nint)r * LeftStride), LeftStride));
                    Widen(Right, i + r, RightColumns, 1, new(right + ((nint)r * RightStride), RightStride));
                }

                FlopCount.Add((long)count * LeftColumns);
                AddProducts(left, right, count, slice, sums);
            }
        }

        public readonly void Reduce(Span<double> into)
        {
            for (var s = 0; s < Slices; s++)
            {
                for (var k = 0; k < LeftColumns; k++)
                {
                    for (var l = 0; l < RightColumns; l++)
                    {
                        into[(((s * LeftColumns) + k) * RightColumns) + l] = IsOfOne ? Sum(Math.Min(s, Math.Min(k, l)), Middle(s, k, l), Math.Max(s, Math.Max(k, l)))
                            : IsSymmetric && k > l ? Sum(s, l, k)
                            : Sum(s, k, l);
                    }
                }
            }
        }

        private readonly double Sum(int slice, int row, int column)
        {
            double sum = 0;
            for (var chunk = 0; chunk < ChunkCount; chunk++)
            {
                sum += Buffer[(((slice * ChunkCount) + chunk) * PerTask) + ((nint)row * RightStride) + column];
            }

            return sum;
        }

        private static int Middle(int a, int b, int c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

        private static void Widen(ReadOnlySpan<TElement> source, int row, int columns, double scale, Span<double> into)
        {
            Conversion.Convert(source.Slice(row * columns, columns), into);
            for (var c = 0; c < columns && scale != 1; c++)
            {
                into[c] *= scale;
            }

            into[columns..].Clear();
        }

        private readonly void AddProducts(double* left, double* right, int count, int slice, double* sums)
        {
            for (var k = 0; k < LeftStride; k += ProductTile.Rows)
            {
                // What is left of the diagonal, or above the slice in a cube, is read elsewhere.
                var isRead = !IsOfOne || k + ProductTile.Rows > slice;
                var l = !isRead ? RightStride : IsSymmetric ? k : 0;
                var perColumn = 2L * count * Math.Clamp(LeftColumns - k, 0, ProductTile.Rows);
                FlopCount.Spare(perColumn * Math.Min(l, RightColumns));
                FlopCount.Add(perColumn * Math.Max(RightColumns - l, 0));
                if (l < RightStride)
                {
                    ProductTile.Multiply(
                        left + k, LeftStride, 1, right + l, RightStride, count, sums + ((nint)k * RightStride) + l, RightStride, RightStride - l, isAdding: true);
                }
            }
        }
    }

    private ref struct MultiplyingMoments<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<TElement> Outer;
        public ReadOnlySpan<TElement> Left;
        public int Rows;
        public int Slices;
        public int Inner;
        public PackedRows<TElement> Moments;
        public int Width;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var units = ProductTile.RoundUp(Rows) / ProductTile.Rows;
            var end = Math.Min(Rows, Chunks.Start(units, chunk + 1, ChunkCount) * ProductTile.Rows);
            var stride = Moments.Stride;
            var scaled = stackalloc TElement[ProductTile.Rows * Inner];
            var sums = stackalloc TElement[ProductTile.Rows * stride];
            for (var i = Chunks.Start(units, chunk, ChunkCount) * ProductTile.Rows; i < end; i += ProductTile.Rows)
            {
                var count = Math.Min(ProductTile.Rows, end - i);
                FlopCount.Add((2L * Width + 1) * count * Slices * Inner);
                new Span<TElement>(sums, ProductTile.Rows * stride).Clear();
                new Span<TElement>(scaled, ProductTile.Rows * Inner).Clear();
                for (var s = 0; s < Slices; s++)
                {
                    for (var r = 0; r < count; r++)
                    {
                        var scale = Outer[((i + r) * Slices) + s];
                        var row = Left.Slice((i + r) * Inner, Inner);
                        for (var k = 0; k < Inner; k++)
                        {
                            scaled[(r * Inner) + k] = scale * row[k];
                        }
                    }

                    ProductTile.Multiply(scaled, 1, Inner, Moments[s * Inner], stride, Inner, sums, stride, stride, isAdding: true);
                }

                for (var r = 0; r < count; r++)
                {
                    new Span<TElement>(sums + (r * stride), Width).CopyTo(Into[((i + r) * Width)..]);
                }
            }
        }
    }
}
