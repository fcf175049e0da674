using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

/// <summary>
/// The largest and smallest results of each row of a loop, and where they are, found run by run from left to right. A row is one thread's.
/// </summary>
internal static unsafe class RowExtremes
{
    /// <summary>Whether a result is one of these.</summary>
    public static bool Include(LoopResultKind kind) =>
        kind is LoopResultKind.RowMax or LoopResultKind.RowMin or LoopResultKind.RowArgMax or LoopResultKind.RowArgMin;

    /// <summary>Whether a result is a place, for which the number there must be kept beside it.</summary>
    public static bool IsPlace(LoopResultKind kind) => kind is LoopResultKind.RowArgMax or LoopResultKind.RowArgMin;

    /// <summary>How many results are places.</summary>
    public static int Places<TElement>(ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var places = 0;
        foreach (ref readonly var result in results)
        {
            places += IsPlace(result.Kind) ? 1 : 0;
        }

        return places;
    }

    /// <summary>Begins rows that have no points yet.</summary>
    public static void Clear<TElement>(in LoopResult<TElement> result, int firstRow, int endRow)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        result.Into.Span[firstRow..endRow].Fill(result.Kind switch
        {
            LoopResultKind.RowMax => TElement.NegativeInfinity,
            LoopResultKind.RowMin => TElement.PositiveInfinity,
            _ => TElement.NegativeOne,
        });

    /// <summary>Takes a run of a row's points into account.</summary>
    /// <param name="kind">What is looked for.</param>
    /// <param name="run">The results at the run's points, at least one.</param>
    /// <param name="into">The row's result so far.</param>
    /// <param name="best">If that is a place, the number there; else not looked at.</param>
    /// <returns>Where in the run the row's place is now, if it is the place that is looked for and has moved; else −1.</returns>
    public static int Add<TElement>(LoopResultKind kind, ReadOnlySpan<TElement> run, ref TElement into, TElement* best)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var isMax = kind is LoopResultKind.RowMax or LoopResultKind.RowArgMax;
        var extreme = isMax ? TensorPrimitives.Max(run) : TensorPrimitives.Min(run);
        if (!IsPlace(kind))
        {
            into = isMax ? TElement.Max(into, extreme) : TElement.Min(into, extreme);
            return -1;
        }

        // The negated comparison lets NaN through, once.
        var moves = into < TElement.Zero || !(TElement.IsNaN(*best) || (isMax ? extreme <= *best : extreme >= *best));
        if (!moves)
        {
            return -1;
        }

        *best = extreme;
        return run.IndexOf(extreme);
    }
}
