using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The logarithm to the base 10; −∞ at 0 and NaN below.</summary>
    [Partial("x", "0.4342944819032518 / x")]
    [Increasing]
    [LeastArgument(0)]
    public static double Log10(double x) => LaneMath.Log10<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Log10(double)"/>
    public static TTensor Log10<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Log10);

    /// <summary><inheritdoc cref="Log10(double)" path="/summary"/> A dense matrix, −∞ where nothing is stored.</summary>
    public static Matrix<TElement> Log10<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Log10(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Log10(double)"/>
    public static TLane Log10<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Log10);
}
