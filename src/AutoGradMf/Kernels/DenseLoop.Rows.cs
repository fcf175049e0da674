using System.Numerics;

namespace AutoGradMf.Kernels;

public static partial class DenseLoop
{
    /// <summary>Evaluates a function of one result at all points of some rows, and keeps it.</summary>
    /// <param name="first">The first row, a multiple of <see cref="ProductTile.Rows"/>.</param>
    /// <param name="inputs">The function's operands, of the whole loop.</param>
    /// <param name="into">Receives the results: as many rows, and the loop's columns.</param>
    /// <param name="scratch">It has the operands packed.</param>
    /// <param name="workers">The threads.</param>
    internal static void StoreRows<TFunction, TElement>(
        int first, ReadOnlySpan<Operand<TElement>> inputs, MatrixView<TElement> into, LoopScratch<TElement> scratch, Workers workers)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var result = LoopResult.Store(0, into);
        var tiling = Tiling.Of(into.Rows, into.Columns, inputs, []);
        var most = Math.Max(tiling.RowUnits(into.Rows), 1);
        var pass = new DensePass<TFunction, TElement>
        {
            First = first,
            Rows = into.Rows,
            Columns = into.Columns,
            Tiling = tiling,
            Inputs = inputs,
            Results = new ReadOnlySpan<LoopResult<TElement>>(in result),
            Scratch = scratch,
            Slots = 1,
            ChunkCount = Chunks.Count((long)into.Rows * into.Columns, ChunkPoints, most),
        };
        workers.RunPrepared(ref pass, pass.ChunkCount);
    }
}
