using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Optimizers;

/// <summary>Extrapolates logarithms, so that numbers stay positive: x₀ · (x₁/x₀)^(2α − α²) · (x₂/x₁)^α². What is zero stays zero.</summary>
internal sealed class MultiplicativeExtrapolation<TElement>(int count) : SquaredExtrapolation<TElement>(count)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>By how much the logarithm of an element may change beyond the last point.</summary>
    private const double MostGrowth = 20;

    /// <summary>ln(to / from), and 0 where both are 0.</summary>
    protected override void Change(ReadOnlySpan<TElement> from, ReadOnlySpan<TElement> to, Span<TElement> change)
    {
        TensorPrimitives.Divide(to, from, change);
        for (var i = 0; i < change.Length; i++)
        {
            change[i] = from[i] > TElement.Zero ? change[i] : TElement.One;
        }

        TensorPrimitives.Log(change, change);
    }

    protected override void Apply(Span<TElement> change, ReadOnlySpan<TElement> point)
    {
        TensorPrimitives.Clamp(change, TElement.CreateChecked(-MostGrowth), TElement.CreateChecked(MostGrowth), change);
        TensorPrimitives.Exp(change, change);
        TensorPrimitives.Multiply(change, point, change);
    }
}
