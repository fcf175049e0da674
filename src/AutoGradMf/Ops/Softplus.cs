using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(1 + eˣ), the smooth maximum of x and 0, without overflow and with all digits on both sides.</summary>
    [Partial("x", "Sigmoid(x)")]
    [Sign("+")]
    [Increasing]
    public static double Softplus(double x) => LaneMath.Softplus<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Softplus(double)"/>
    public static TTensor Softplus<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Softplus);

    /// <summary><inheritdoc cref="Softplus(double)" path="/summary"/> A dense matrix, ln 2 where nothing is stored.</summary>
    public static Matrix<TElement> Softplus<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Softplus(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Softplus(double)"/>
    public static TLane Softplus<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.IfLess(x, 0, 0, x) + Log1p(TLane.Exp(-TLane.Abs(x)));
}
