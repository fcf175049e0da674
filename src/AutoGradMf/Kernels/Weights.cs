using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>What a kernel multiplies rows with.</summary>
internal interface IWeights<TElement>
{
    /// <summary>The weight of row number <paramref name="e"/> of those that are visited.</summary>
    TElement this[int e] { get; }
}

/// <summary>Weights at equal distances.</summary>
internal readonly unsafe struct SpacedWeights<TElement>(TElement* weights, int step) : IWeights<TElement>
    where TElement : unmanaged
{
    public TElement this[int e]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => weights[(nint)e * step];
    }
}

/// <summary>Weights at listed places.</summary>
internal readonly unsafe struct ListedWeights<TElement>(TElement* weights, int* places) : IWeights<TElement>
    where TElement : unmanaged
{
    public TElement this[int e]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => weights[places[e]];
    }
}
