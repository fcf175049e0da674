using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The hyperbolic cosine.</summary>
    [Partial("x", "Sinh(x)")]
    [Sign("+")]
    [Least(1)]
    public static double Cosh(double x) => LaneMath.Cosh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Cosh(double)"/>
    public static TTensor Cosh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Cosh);

    /// <summary><inheritdoc cref="Cosh(double)" path="/summary"/> A dense matrix, 1 where nothing is stored.</summary>
    public static Matrix<TElement> Cosh<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Cosh(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Cosh(double)"/>
    public static TLane Cosh<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Cosh);
}
