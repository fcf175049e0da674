using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Evaluates a function at every point of rows × columns: an elementwise loop over a thin matrix, or a stream over all pairs of a
/// user and a movie, of which no more than a tile per thread is ever held.
/// </summary>
public static partial class DenseLoop
{
    private const int ChunkPoints = 1 << 13;

    /// <summary>Sums over rows are held once per chunk, so there are few chunks where there are such sums, and fewer where each would have few rows to sum.</summary>
    private static int MostChunksWithColumnTotals(int rows) => Math.Clamp(rows / 128, 8, 16);

    /// <summary>
    /// At every point (i, j) of rows × columns, evaluates <typeparamref name="TFunction"/> at the operands' numbers there. Of its
    /// outputs, the first ones are summed into <paramref name="sums"/>, in double; slot s of a result is output
    /// <c>sums.Length + s</c>. O(rows · columns · k) for dot products and products over k columns, in O((rows + columns) · k)
    /// memory, 8 to 16 times columns · k where results are summed over rows. Deterministic, whatever the number of threads.
    /// </summary>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="inputs">The function's operands.</param>
    /// <param name="sums">Receives Σ output[s] over all points for each s.</param>
    /// <param name="results">
    /// What to do with the other outputs. A destination must not overlap an operand, unless it stores in place.
    /// </param>
    /// <param name="scratch">Buffers to reuse from call to call.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">An operand or a destination does not fit the loop; the message names both shapes.</exception>
    public static unsafe void Evaluate<TFunction, TElement>(
        int rows,
        int columns,
        ReadOnlySpan<Operand<TElement>> inputs,
        Span<double> sums,
        ReadOnlySpan<LoopResult<TElement>> results,
        LoopScratch<TElement> scratch,
        Workers workers)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(scratch);
        ArgumentNullException.ThrowIfNull(workers);
        LoopShapes.Check(rows, columns, null, inputs, results);
        var tiling = Tiling.Of(rows, columns, inputs, results);
        scratch.Tiles.Pack(inputs, results, tiling.Columns, workers);

        var totals = LoopShapes.Width(results, ColumnTotals.Width);
        var most = Math.Min(totals > 0 ? MostChunksWithColumnTotals(rows) : Chunks.Most, Math.Max(tiling.RowUnits(rows), 1));
        var chunks = Chunks.Count((long)rows * columns, ChunkPoints, most);
        var paddedColumns = ColumnTotals.PaddedColumns<TElement>(columns);
        var pass = new DensePass<TFunction, TElement>
        {
            Rows = rows,
            Columns = columns,
            Tiling = tiling,
            Inputs = inputs,
            Results = results,
            Scratch = scratch,
            Slots = LoopShapes.Slots(results),
            SumCount = sums.Length,
            Sums = scratch.Sums.Reserve((long)chunks * LoopSums.Stride(sums.Length)),
            PaddedColumns = paddedColumns,
            TotalsPerChunk = (nint)totals * paddedColumns,
            Totals = scratch.ColumnTotals.Reserve((long)chunks * totals * paddedColumns),
            PaddedRows = ProductTile.RoundUp(rows),
            RowTotals = scratch.RowTotals.Reserve((long)LoopShapes.Width(results, RowTotals.Width) * ProductTile.RoundUp(rows)),
            Extremes = scratch.Extremes.Reserve((long)RowExtremes.Places(results) * rows),
            ChunkCount = chunks,
        };
        workers.RunPrepared(ref pass, chunks);
        sums.Clear();
        LoopSums.Add(pass.Sums, chunks, sums);
        if (totals > 0)
        {
            ColumnTotals.Reduce(columns, tiling, pass.Totals, pass.TotalsPerChunk, chunks, results, workers);
        }
    }
}
