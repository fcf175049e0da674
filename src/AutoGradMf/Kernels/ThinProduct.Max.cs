using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

public static unsafe partial class ThinProduct
{
    /// <summary>The largest number, NaN if one is. O(elements).</summary>
    public static double Max<TElement>(MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => double.CreateTruncating(TensorPrimitives.Max<TElement>(values.Span));
}
