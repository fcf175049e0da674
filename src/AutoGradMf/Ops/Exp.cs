using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The exponential, eˣ.</summary>
    [Partial("x", "Exp(x)")]
    [Sign("+")]
    [Increasing]
    public static double Exp(double x) => LaneMath.Exp<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Exp(double)"/>
    public static TTensor Exp<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Exp);

    /// <summary><inheritdoc cref="Exp(double)" path="/summary"/> A dense matrix, 1 where nothing is stored.</summary>
    public static Matrix<TElement> Exp<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Exp(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Exp(double)"/>
    public static TLane Exp<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Exp(x);
}
