using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>
/// Copies listed rows side by side, and the rows times their weights, for a kernel that reads each of them many times. The rows lie
/// scattered in a matrix that no cache may hold, so they are asked for some rows ahead, beyond the last one copied.
/// </summary>
/// <param name="rows">Where rows are copied from.</param>
/// <param name="places">The numbers of the rows.</param>
/// <param name="weights">The weights; null if all are 1.</param>
/// <param name="order">Where the weight of each place is; null if at the same place.</param>
/// <param name="scale">Of all weights.</param>
/// <param name="stride">Elements from one copy to the next: as many as a row has, or more, which become zero.</param>
internal unsafe struct RowGather<TElement>(PackedRows<TElement> rows, int* places, TElement* weights, int* order, TElement scale, int stride)
    : IRegisterWork<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>How many rows are on their way from memory at a time.</summary>
    private const int Ahead = 8;

    private long _first;
    private long _end;
    private long _last;
    private TElement* _copies;
    private TElement* _weighted;

    /// <summary>Copies the rows from place <paramref name="first"/> on, before <paramref name="end"/>.</summary>
    /// <param name="first">The first place.</param>
    /// <param name="end">The place after the last.</param>
    /// <param name="last">The place after the last one that will be copied next.</param>
    /// <param name="copies">The copies.</param>
    /// <param name="weighted">The copies times their weights; null if not wanted.</param>
    public void Copy(long first, long end, long last, TElement* copies, TElement* weighted)
    {
        (_first, _end, _last) = (first, end, last);
        _copies = copies;
        _weighted = weighted;
        RegisterChoice.Run<RowGather<TElement>, TElement>(ref this, rows.Stride);
    }

    /// <inheritdoc/>
    public readonly void Run<TRegister>()
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        // What is read through references would be read anew after each store.
        var (from, length, width, last) = (rows, rows.Stride, stride, _last);
        int* place = places, at = order;
        TElement* weight = weights, copy = _copies, weighted = _weighted;
        var all = scale;
        for (var p = _first; p < _end; p++, copy += width)
        {
            if (Sse.IsSupported && p + Ahead < last)
            {
                Fetch(from[place[p + Ahead]], length);
                if (at != null)
                {
                    Sse.Prefetch0(weight + at[p + Ahead]);
                }
            }

            Copy<TRegister>(from[place[p]], copy, length, width);
            if (weighted != null)
            {
                Multiply<TRegister>(copy, weight == null ? all : all * weight[at == null ? p : at[p]], weighted, width);
                weighted += width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(TElement* row, int length)
    {
        for (nint c = 0; c < length; c += CacheLine.Bytes / sizeof(TElement))
        {
            Sse.Prefetch0(row + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TRegister>(TElement* row, TElement* into, nint length, nint width)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        nint c = 0;
        for (; c < length; c += TRegister.Count)
        {
            TRegister.Store(TRegister.Load(row + c), into + c);
        }

        for (; c < width; c++)
        {
            into[c] = TElement.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TRegister>(TElement* row, TElement weight, TElement* into, nint width)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var factor = TRegister.All(weight);
        for (nint c = 0; c < width; c += TRegister.Count)
        {
            TRegister.Store(factor * TRegister.Load(row + c), into + c);
        }
    }
}
