using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The natural logarithm, ln x; −∞ at 0 and NaN below.</summary>
    [Partial("x", "1 / x")]
    [Increasing]
    [LeastArgument(0)]
    public static double Log(double x) => LaneMath.Log<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Log(double)"/>
    public static TTensor Log<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Log);

    /// <summary><inheritdoc cref="Log(double)" path="/summary"/> A dense matrix, −∞ where nothing is stored.</summary>
    public static Matrix<TElement> Log<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Log(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Log(double)"/>
    public static TLane Log<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Log(x);
}
