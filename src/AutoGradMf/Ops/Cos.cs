using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The cosine of x radians; NaN of an infinity.</summary>
    [Partial("x", "-Sin(x)")]
    [Bound("1")]
    public static double Cos(double x) => LaneMath.Cos<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Cos(double)"/>
    public static TTensor Cos<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Cos);

    /// <summary><inheritdoc cref="Cos(double)" path="/summary"/> A dense matrix, 1 where nothing is stored.</summary>
    public static Matrix<TElement> Cos<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Cos(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Cos(double)"/>
    public static TLane Cos<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Cos);
}
