using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The logarithm to the base 2; −∞ at 0 and NaN below.</summary>
    [Partial("x", "1.4426950408889634 / x")]
    [Increasing]
    [LeastArgument(0)]
    public static double Log2(double x) => LaneMath.Log2<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Log2(double)"/>
    public static TTensor Log2<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Log2);

    /// <summary><inheritdoc cref="Log2(double)" path="/summary"/> A dense matrix, −∞ where nothing is stored.</summary>
    public static Matrix<TElement> Log2<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Log2(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Log2(double)"/>
    public static TLane Log2<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Log2);
}
