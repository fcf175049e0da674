using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>A kernel that reads the rows of two lists of terms.</summary>
internal interface IPinnedWork<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Does the work, before the end of which the rows do not move.</summary>
    void Run(PinnedRows<TElement> left, PinnedRows<TElement> right);
}
