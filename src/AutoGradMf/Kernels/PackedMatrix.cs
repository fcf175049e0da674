using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// A copy of a thin matrix whose rows are padded with zeros to whole SIMD registers (or pairs of them), so that loops over the
/// latent index have no tail and no unaligned load. Rows that fill more than half of the hardware's widest register fill whole ones. Rows are read once per stored entry and copied once per call.
/// </summary>
internal sealed unsafe class PackedMatrix<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int ChunkElements = 1 << 15;

    [ThreadStatic]
    private static PackedMatrix<TElement>? _ofThread;

    private readonly PinnedBuffer<TElement> _buffer = new();

    /// <summary>The one that this thread reuses from call to call, for kernels without scratch of their own.</summary>
    public static PackedMatrix<TElement> OfThread => _ofThread ??= new();

    /// <summary>The rows as last packed.</summary>
    public PackedRows<TElement> Rows { get; private set; }

    /// <summary>The stride of a matrix of <paramref name="columns"/> columns, a multiple of so many registers.</summary>
    public static int Stride(int columns, int registers)
    {
        var widest = RegisterChoice.WidestCount<TElement>();
        var multiple = Math.Max(registers * Vector<TElement>.Count, 2 * columns > widest ? widest : 1);
        return (columns + multiple - 1) / multiple * multiple;
    }

    /// <summary>Copies a rows × columns matrix, converting its elements, with rows of zeros to fill the last tile of so many rows.</summary>
    public PackedRows<TElement> Pack<TSource>(ReadOnlySpan<TSource> source, int rows, int columns, Workers workers, int registers = 1, int tileRows = 1)
        where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        var work = new Packing<TSource>
        {
            Source = source,
            Columns = columns,
            RowCount = rows,
            ChunkCount = Chunks.Count((long)rows * columns, ChunkElements),
            Into = Reserve(rows + tileRows - 1, columns, registers),
        };
        workers.Run(ref work, work.ChunkCount);
        new Span<TElement>(Rows[rows], (tileRows - 1) * Rows.Stride).Clear();
        return Rows;
    }

    /// <summary>
    /// Copies the transpose of a rows × columns matrix in panels of <paramref name="panelColumns"/> columns of it, one after the other: a
    /// panel has a row for each column of the matrix, and zeros beyond its last row.
    /// </summary>
    public PackedRows<TElement> PackPanels(MatrixView<TElement> source, int panelColumns, Workers workers)
    {
        var panels = (source.Rows + panelColumns - 1) / panelColumns;
        var work = new PackingPanels
        {
            Source = source,
            Width = panelColumns,
            Into = Rows = new(_buffer.Reserve((long)panels * panelColumns * source.Columns), panelColumns),
        };
        workers.Run(ref work, panels);
        return Rows;
    }

    /// <summary>Copies the transpose of a small rows × columns matrix, converting its elements.</summary>
    public PackedRows<TElement> PackTransposed<TSource>(ReadOnlySpan<TSource> source, int rows, int columns, int registers)
        where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        var into = Reserve(columns, rows, registers);
        for (var j = 0; j < columns; j++)
        {
            var row = new Span<TElement>(into[j], into.Stride);
            for (var i = 0; i < rows; i++)
            {
                row[i] = TElement.CreateTruncating(source[(i * columns) + j]);
            }

            row[rows..].Clear();
        }

        return into;
    }

    private PackedRows<TElement> Reserve(int rows, int columns, int registers)
    {
        var stride = Stride(columns, registers);
        return Rows = new(_buffer.Reserve((long)rows * stride), stride);
    }

    private ref struct Packing<TSource> : IChunkedWork
        where TSource : unmanaged, IBinaryFloatingPointIeee754<TSource>
    {
        public ReadOnlySpan<TSource> Source;
        public int Columns;
        public int RowCount;
        public int ChunkCount;
        public PackedRows<TElement> Into;

        public readonly void Run(int chunk)
        {
            var end = Chunks.Start(RowCount, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(RowCount, chunk, ChunkCount); i < end; i++)
            {
                var row = new Span<TElement>(Into[i], Into.Stride);
                Conversion.Convert(Source.Slice(i * Columns, Columns), row);
                row[Columns..].Clear();
            }
        }
    }

    private ref struct PackingPanels : IChunkedWork
    {
        public MatrixView<TElement> Source;
        public int Width;
        public PackedRows<TElement> Into;

        public readonly void Run(int chunk)
        {
            var source = Source.Span;
            var columns = Source.Columns;
            var first = chunk * Width;
            var count = Math.Min(Width, Source.Rows - first);
            var panel = Into[chunk * columns];
            for (var j = 0; j < count; j++)
            {
                var row = source.Slice((first + j) * columns, columns);
                for (var k = 0; k < row.Length; k++)
                {
                    panel[(k * (nint)Width) + j] = row[k];
                }
            }

            for (var k = 0; k < columns && count < Width; k++)
            {
                new Span<TElement>(panel + (k * (nint)Width) + count, Width - count).Clear();
            }
        }
    }
}
