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
        // What is read through references would be read anew after each store.
        var (from, length, width, scale) = (rows, rows.Stride, stride, Scale);
        int* place = places + _first, at = order == null ? null : order + _first;
        TElement* weight = Weights, copy = _copies, weighted = _weighted;
        for (var p = 0; p < _count; p++, copy += width)
        {
            Copy<TRegister>(from[place[p]], copy, length, width);
            if (weighted != null)
            {
                Multiply<TRegister>(copy, weight == null ? scale : scale * weight[at == null ? _first + p : at[p]], weighted, width);
                weighted += width;
            }
        }

        if (Slopes != null)
        {
            Add<TRegister>(at);
        }
    }

    private static void Fetch(TElement* numbers, int place)
    {
        if (numbers != null)
        {
            Sse.Prefetch1(numbers + place);
        }
    }

    /// <summary>Adds the copies times their slopes, a few registers of them at a time.</summary>
    private readonly void Add<TRegister>(int* at)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        nint c = 0;
        for (; c + (4 * TRegister.Count) <= rows.Stride; c += 4 * TRegister.Count)
        {
            AddFour<TRegister>(c, at);
        }

        for (; c < rows.Stride; c += TRegister.Count)
        {
            AddOne<TRegister>(c, at);
        }
    }

    private readonly void AddFour<TRegister>(nint c, int* at)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var count = TRegister.Count;
        TElement* sum = Sum + c, copy = _copies + c;
        TRegister sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (var p = 0; p < _count; p++, copy += stride)
        {
            var slope = TRegister.All(Slope(p, at));
            sum0 = TRegister.MultiplyAdd(slope, TRegister.Load(copy), sum0);
            sum1 = TRegister.MultiplyAdd(slope, TRegister.Load(copy + count), sum1);
            sum2 = TRegister.MultiplyAdd(slope, TRegister.Load(copy + (2 * count)), sum2);
            sum3 = TRegister.MultiplyAdd(slope, TRegister.Load(copy + (3 * count)), sum3);
        }

        TRegister.Store(TRegister.Load(sum) + sum0, sum);
        TRegister.Store(TRegister.Load(sum + count) + sum1, sum + count);
        TRegister.Store(TRegister.Load(sum + (2 * count)) + sum2, sum + (2 * count));
        TRegister.Store(TRegister.Load(sum + (3 * count)) + sum3, sum + (3 * count));
    }

    private readonly void AddOne<TRegister>(nint c, int* at)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var copy = _copies + c;
        TRegister sum = default;
        for (var p = 0; p < _count; p++, copy += stride)
        {
            sum = TRegister.MultiplyAdd(TRegister.All(Slope(p, at)), TRegister.Load(copy), sum);
        }

        TRegister.Store(TRegister.Load(Sum + c) + sum, Sum + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TElement Slope(int p, int* at) => SlopeScale * Slopes[at == null ? _first + p : at[p]];

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
