using System.Numerics;

namespace AutoGradMf.Kernels;

public static unsafe partial class ThinProduct
{
    private const int GramBlockRows = 64;
    private const int GramChunkProducts = 1 << 18;
    private const int GramMostChunks = 32;

    [ThreadStatic]
    private static PinnedBuffer<double>? _buffer;

    /// <summary>
    /// <c>into[k, l] = Σ_i left[i, k] · right[i, l]</c>, accumulated in double: the Gram matrix where both are the same, of which
    /// then only one triangle is computed. O(rows · k · l).
    /// </summary>
    /// <param name="left">Rows × k.</param>
    /// <param name="right">Rows × l.</param>
    /// <param name="into">k × l.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names them.</exception>
    public static void Gram<TElement>(MatrixView<TElement> left, MatrixView<TElement> right, MatrixView<double> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (left.Rows != right.Rows || !Shapes.Fits(into, left.Columns, right.Columns))
        {
            throw new ArgumentException(
                $"The transpose of {Shapes.Text(left)} times {Shapes.Text(right)} does not make {Shapes.Text(into)}.", nameof(right));
        }

        var chunks = Chunks.Count((long)left.Rows * left.Columns * right.Columns, GramChunkProducts, GramMostChunks);
        var work = new GramWork<TElement>
        {
            Left = left.Span,
            Right = right.Span,
            Rows = left.Rows,
            LeftColumns = left.Columns,
            RightColumns = right.Columns,
            LeftStride = ProductTile.Stride<double>(left.Columns),
            RightStride = ProductTile.Stride<double>(right.Columns),
            IsSymmetric = left.Columns == right.Columns && left.Span == right.Span,
            ChunkCount = chunks,
        };
        work.Buffer = (_buffer ??= new()).Reserve(chunks * work.PerChunk);
        workers.Run(ref work, chunks);
        work.Reduce(into.Span);
    }

    /// <summary>Widens some rows at a time, and adds their products tile by tile to the chunk's own matrix.</summary>
    private ref struct GramWork<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public ReadOnlySpan<TElement> Left;
        public ReadOnlySpan<TElement> Right;
        public int Rows;
        public int LeftColumns;
        public int RightColumns;
        public int LeftStride;
        public int RightStride;
        public bool IsSymmetric;
        public int ChunkCount;
        public double* Buffer;

        /// <summary>A chunk holds its matrix, then the widened rows of left and right.</summary>
        public readonly long PerChunk => ((long)LeftStride * RightStride) + ((long)GramBlockRows * (LeftStride + RightStride));

        public readonly void Run(int chunk)
        {
            var sums = Buffer + (chunk * PerChunk);
            var left = sums + ((nint)LeftStride * RightStride);
            var right = IsSymmetric ? left : left + ((nint)GramBlockRows * LeftStride);
            for (nint s = 0; s < (nint)LeftStride * RightStride; s++)
            {
                sums[s] = 0;
            }

            var end = Chunks.Start(Rows, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(Rows, chunk, ChunkCount); i < end; i += GramBlockRows)
            {
                var count = Math.Min(GramBlockRows, end - i);
                Widen(Left, i, count, LeftColumns, LeftStride, left);
                if (!IsSymmetric)
                {
                    Widen(Right, i, count, RightColumns, RightStride, right);
                }

                AddProducts(left, right, count, sums);
            }
        }

        public readonly void Reduce(Span<double> into)
        {
            for (var k = 0; k < LeftColumns; k++)
            {
                for (var l = 0; l < RightColumns; l++)
                {
                    var (row, column) = IsSymmetric && k > l ? (l, k) : (k, l);
                    double sum = 0;
                    for (var chunk = 0; chunk < ChunkCount; chunk++)
                    {
                        sum += Buffer[(chunk * PerChunk) + ((nint)row * RightStride) + column];
                    }

                    into[(k * RightColumns) + l] = sum;
                }
            }
        }

        private static void Widen(ReadOnlySpan<TElement> source, int row, int count, int columns, int stride, double* into)
        {
            for (var r = 0; r < count; r++)
            {
                var line = new Span<double>(into + ((nint)r * stride), stride);
                Conversion.Convert(source.Slice((row + r) * columns, columns), line);
                line[columns..].Clear();
            }
        }

        private readonly void AddProducts(double* left, double* right, int count, double* sums)
        {
            for (var k = 0; k < LeftStride; k += ProductTile.Rows)
            {
                // Of a symmetric matrix, what lies left of the tile that holds the diagonal is never read.
                var l = IsSymmetric ? k : 0;
                var perColumn = 2L * count * Math.Clamp(LeftColumns - k, 0, ProductTile.Rows);
                FlopCount.Spare(perColumn * Math.Min(l, RightColumns));
                FlopCount.Add(perColumn * Math.Max(RightColumns - l, 0));
                ProductTile.Multiply(
                    left + k, LeftStride, 1, right + l, RightStride, count, sums + ((nint)k * RightStride) + l, RightStride, RightStride - l, isAdding: true);
            }
        }
    }
}
