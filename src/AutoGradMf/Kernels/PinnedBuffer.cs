using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// Memory that a kernel keeps between calls: it grows and never shrinks, does not move, and begins at a cache line. No other memory is on its pages: hardware reads ahead
/// to the end of a page, and would again and again take lines from the thread that writes there. Systems of rows on two threads took 1.4 times as long where it did.
/// </summary>
internal sealed unsafe class PinnedBuffer<TElement>
    where TElement : unmanaged
{
    private const int PageBytes = 4096;

    private TElement[] _array = [];

    /// <summary>The elements in the given places, and after them zeros, as many as a register holds: whole ones are read at the end, too.</summary>
    /// <returns>Where they are.</returns>
    public TElement* Gather(ReadOnlySpan<TElement> elements, ReadOnlySpan<int> places)
    {
        var into = Reserve(places.Length);
        for (var place = 0; place < places.Length; place++)
        {
            into[place] = elements[places[place]];
        }

        new Span<byte>(into + places.Length, CacheLine.Bytes).Clear();
        return into;
    }

    /// <summary>Room for <paramref name="count"/> elements, of unspecified content; what an earlier call returned is void.</summary>
    public TElement* Reserve(long count)
    {
        var padded = checked((int)(count + ((CacheLine.Bytes + (2 * PageBytes)) / sizeof(TElement))));
        if (_array.Length < padded)
        {
            _array = GC.AllocateUninitializedArray<TElement>(padded, pinned: true);
        }

        // A pinned array stays where it is as long as this buffer holds it.
        var start = (nuint)Unsafe.AsPointer(ref _array[0]) + PageBytes;
        return (TElement*)((start + CacheLine.Bytes - 1) & ~(nuint)(CacheLine.Bytes - 1));
    }
}
