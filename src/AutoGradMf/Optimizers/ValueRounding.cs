using System.Numerics;

namespace AutoGradMf.Optimizers;

/// <summary>What of a value may be rounding of the sums that it is made of.</summary>
internal static class ValueRounding<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Differences of values up to this part of them say nothing.</summary>
    public static readonly double Part = 64 * double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One);
}
