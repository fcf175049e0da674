using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>Memory that a kernel keeps between calls: it grows and never shrinks, does not move, and begins at a cache line.</summary>
internal sealed unsafe class PinnedBuffer<TElement>
    where TElement : unmanaged
{
    private TElement[] _array = [];

    /// <summary>Room for <paramref name="count"/> elements, of unspecified content; what an earlier call returned is void.</summary>
    public TElement* Reserve(long count)
    {
        var padded = checked((int)(count + (CacheLine.Bytes / sizeof(TElement))));
        if (_array.Length < padded)
        {
            _array = GC.AllocateUninitializedArray<TElement>(padded, pinned: true);
        }

        // A pinned array stays where it is as long as this buffer holds it.
        var start = (nuint)Unsafe.AsPointer(ref _array[0]);
        return (TElement*)((start + CacheLine.Bytes - 1) & ~(nuint)(CacheLine.Bytes - 1));
    }
}
