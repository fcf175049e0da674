using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>
/// Copies listed rows side by side, and the rows times their weights, for a kernel that reads each of them many times, and adds up the rows times
/// other numbers. The rows lie scattered in a matrix that no cache may hold, so they are to be asked for while others are computed with.
/// </summary>
/// <param name="rows">Where rows are copied from.</param>
/// <param name="places">The numbers of the rows.</param>
/// <param name="order">Where the numbers of each place are; null if at the same place.</param>
/// <param name="stride">Elements from one copy to the next: as many as a row has, or more, which become zero.</param>
internal unsafe struct RowGather<TElement>(PackedRows<TElement> rows, int* places, int* order, int stride) : IRegisterWork<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private long _first;
    private int _count;
    private TElement* _copies;
    private TElement* _weighted;

    /// <summary>What rows are weighted with; null if all weights are 1.</summary>
    public TElement* Weights { get; init; }

    /// <summary>A factor of all weights.</summary>
    public required TElement Scale { get; init; }

    /// <summary>What rows are added up with; null if they are not.</summary>
    public TElement* Slopes { get; init; }

    /// <summary>A factor of all slopes.</summary>
    public TElement SlopeScale { get; init; }

    /// <summary>From a weight or slope to the next.</summary>
    public int NumberStep { get; init; } = 1;

    /// <summary>What the rows times their slopes are added to.</summary>
    public TElement* Sum { get; init; }

    /// <summary>Copies rows and adds them up.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="copies">The copies.</param>
    /// <param name="weighted">The copies times their weights; null if not wanted.</param>
    public void Copy(long first, int count, TElement* copies, TElement* weighted)
    {
        (_first, _count) = (first, count);
        _copies = copies;
        _weighted = weighted;
        RegisterChoice.Run<RowGather<TElement>, TElement>(ref this, rows.Stride);
    }

    /// <summary>Asks for rows that are soon copied, and their numbers.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="end">The place after the last.</param>
    public readonly void Fetch(long first, long end)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var p = first; p < end; p++)
        {
            var row = rows[places[p]];
            for (nint c = 0; c < rows.Stride; c += CacheLine.Bytes / sizeof(TElement))
            {
                Sse.Prefetch1(row + c);
            }

            if (order != null)
            {
                Fetch(Weights, order[p]);
                Fetch(Slopes, order[p]);
            }
        }
    }

    /// <inheritdoc/>
    public readonly void Run<TRegister>()
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        nint c = 0;
        for (; c + (4 * TRegister.Count) <= rows.Stride; c += 4 * TRegister.Count)
        {
            CopyFour<TRegister>(c);
        }

        for (; c < rows.Stride; c += TRegister.Count)
        {
            CopyOne<TRegister>(c);
        }

        for (; c < stride; c += TRegister.Count)
        {
            Pad<TRegister>(c);
        }
    }

    private static void Fetch(TElement* numbers, int place)
    {
        if (numbers != null)
        {
            Sse.Prefetch1(numbers + place);
        }
    }

    /// <summary>Four registers of each row, which is read once for its copy, its weighted copy and the sum.</summary>
    private readonly void CopyFour<TRegister>(nint c)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        // What is read through references would be read anew after each store.
        var (from, width, scale, slopeScale, step, count) = (rows, stride, Scale, SlopeScale, NumberStep, TRegister.Count);
        int* place = places + _first, at = order == null ? null : order + _first;
        TElement* weights = Weights, slopes = Slopes, copy = _copies + c, weighted = _weighted == null ? null : _weighted + c;
        TRegister sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (var p = 0; p < _count; p++, copy += width)
        {
            var row = from[place[p]] + c;
            var number = (nint)(at == null ? _first + p : at[p]) * step;
            var (x0, x1, x2, x3) = (TRegister.Load(row), TRegister.Load(row + count), TRegister.Load(row + (2 * count)), TRegister.Load(row + (3 * count)));
            TRegister.Store(x0, copy);
            TRegister.Store(x1, copy + count);
            TRegister.Store(x2, copy + (2 * count));
            TRegister.Store(x3, copy + (3 * count));
            if (slopes != null)
            {
                var slope = TRegister.All(slopeScale * slopes[number]);
                sum0 = TRegister.MultiplyAdd(slope, x0, sum0);
                sum1 = TRegister.MultiplyAdd(slope, x1, sum1);
                sum2 = TRegister.MultiplyAdd(slope, x2, sum2);
                sum3 = TRegister.MultiplyAdd(slope, x3, sum3);
            }

            if (weighted != null)
            {
                var weight = TRegister.All(weights == null ? scale : scale * weights[number]);
                TRegister.Store(weight * x0, weighted);
                TRegister.Store(weight * x1, weighted + count);
                TRegister.Store(weight * x2, weighted + (2 * count));
                TRegister.Store(weight * x3, weighted + (3 * count));
                weighted += width;
            }
        }

        if (slopes != null)
        {
            var sum = Sum + c;
            TRegister.Store(TRegister.Load(sum) + sum0, sum);
            TRegister.Store(TRegister.Load(sum + count) + sum1, sum + count);
            TRegister.Store(TRegister.Load(sum + (2 * count)) + sum2, sum + (2 * count));
            TRegister.Store(TRegister.Load(sum + (3 * count)) + sum3, sum + (3 * count));
        }
    }

    private readonly void CopyOne<TRegister>(nint c)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var (from, width, scale, slopeScale, step) = (rows, stride, Scale, SlopeScale, NumberStep);
        int* place = places + _first, at = order == null ? null : order + _first;
        TElement* weights = Weights, slopes = Slopes, copy = _copies + c, weighted = _weighted == null ? null : _weighted + c;
        TRegister sum = default;
        for (var p = 0; p < _count; p++, copy += width)
        {
            var number = (nint)(at == null ? _first + p : at[p]) * step;
            var x = TRegister.Load(from[place[p]] + c);
            TRegister.Store(x, copy);
            if (slopes != null)
            {
                sum = TRegister.MultiplyAdd(TRegister.All(slopeScale * slopes[number]), x, sum);
            }

            if (weighted != null)
            {
                TRegister.Store(TRegister.All(weights == null ? scale : scale * weights[number]) * x, weighted);
                weighted += width;
            }
        }

        if (slopes != null)
        {
            TRegister.Store(TRegister.Load(Sum + c) + sum, Sum + c);
        }
    }

    /// <summary>Zeros from where rows end to where copies do.</summary>
    private readonly void Pad<TRegister>(nint c)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        for (nint p = 0; p < _count; p++)
        {
            TRegister.Store(default, _copies + (p * stride) + c);
            if (_weighted != null)
            {
                TRegister.Store(default, _weighted + (p * stride) + c);
            }
        }
    }
}
