using System.Numerics;

namespace AutoGradMf.Kernels;

public static unsafe partial class RowSystems
{
    /// <summary>The most weights of pairs that are held at a time; those of a tile's rows are, however many.</summary>
    private const int TilePoints = 1 << 20;

    /// <summary>
    /// As the other, where one of the terms is <see cref="CurvatureTerm.Streamed{TElement}"/>: the weights of its pairs are evaluated for some
    /// rows at a time, of which the systems are then solved, so that no more than 2²⁰ of them are held, or those of eight rows.
    /// O(m · n · k²).
    /// </summary>
    /// <param name="gradient">m × k.</param>
    /// <param name="terms">What the matrices are sums of.</param>
    /// <param name="inputs">The operands of the function that gives w_ij, of all m × n pairs.</param>
    /// <param name="scratch">Buffers to reuse from call to call.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term or an operand does not fit, or none is streamed; the message says so.</exception>
    public static void Solve<TFunction, TElement>(
        MatrixView<TElement> gradient,
        ReadOnlySpan<CurvatureTerm<TElement>> terms,
        ReadOnlySpan<Operand<TElement>> inputs,
        LoopScratch<TElement> scratch,
        Workers workers)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(workers);
        foreach (ref readonly var term in terms)
        {
            RowSystemShapes.Check(gradient, in term);
        }

        var (rows, columns) = (gradient.Rows, Columns(terms));
        LoopShapes.Check(rows, columns, null, inputs, []);
        scratch.Tiles.Pack(inputs, [], Tiling.Of(rows, columns, inputs, []).Columns, workers);
        var own = RowSystemScratch<TElement>.OfThread;
        own.Pack(terms, workers);
        var most = Math.Clamp(TilePoints / Math.Max(columns, 1) / ProductTile.Rows, 1, (rows / ProductTile.Rows) + 1) * ProductTile.Rows;
        for (var first = 0; first < rows; first += most)
        {
            var count = Math.Min(most, rows - first);
            var tile = own.Tile(count, columns);
            DenseLoop.StoreRows<TFunction, TElement>(first, inputs, tile, scratch, workers);
            var work = new Work<TElement>
            {
                Matrices = new(terms, own, gradient.Columns) { Tile = tile, First = first },
                Gradient = gradient,
                Count = count,
                ChunkCount = Chunks.Count((long)count * columns, ChunkEntries, count),
            };
            workers.RunPrepared(ref work, work.ChunkCount);
        }
    }

    /// <summary>How many rows the term that is streamed sums over.</summary>
    private static int Columns<TElement>(ReadOnlySpan<CurvatureTerm<TElement>> terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var term in terms)
        {
            if (term.Kind == CurvatureTermKind.Streamed)
            {
                return term.Rows.Rows;
            }
        }

        throw new ArgumentException("A function gives weights of pairs, and no term is streamed.", nameof(terms));
    }
}
