using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>A SIMD register of a width that the hardware has. A kernel written once against it is compiled anew for each width.</summary>
/// <remarks>The default value is zero in every lane.</remarks>
/// <typeparam name="TSelf">The register type itself.</typeparam>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe interface IRegister<TSelf, TElement>
    where TSelf : unmanaged, IRegister<TSelf, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Whether the hardware has it, as far as the runtime's switches allow.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>How many bits it has; 0 for a register of one number.</summary>
    static abstract int Bits { get; }

    /// <summary>How many numbers it holds.</summary>
    static abstract int Count { get; }

    /// <summary>The sum, lane by lane.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The difference, lane by lane.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The product, lane by lane.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The number in every lane.</summary>
    static abstract TSelf All(TElement value);

    /// <summary>The numbers from an address on, which need not be aligned.</summary>
    static abstract TSelf Load(TElement* from);

    /// <summary>Writes the numbers from an address on, which need not be aligned.</summary>
    static abstract void Store(TSelf values, TElement* into);

    /// <summary>left · right + addend, rounded once where the hardware does so.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The lower half of one and the upper half of another; of a register of one number, the first.</summary>
    static abstract TSelf Join(TSelf lower, TSelf upper);

    /// <summary>The sum over the lanes.</summary>
    static abstract TElement Sum(TSelf values);

    /// <summary>Writes the four sums over the lanes of each: a third of the work of four sums one by one.</summary>
    static abstract void StoreSums(TSelf values0, TSelf values1, TSelf values2, TSelf values3, TElement* into);

    /// <summary>Writes the four sums over the lower halves.</summary>
    static virtual void StoreLowerSums(TSelf values0, TSelf values1, TSelf values2, TSelf values3, TElement* into) =>
        TSelf.StoreSums(TSelf.Join(values0, default), TSelf.Join(values1, default), TSelf.Join(values2, default), TSelf.Join(values3, default), into);
}
