using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The logistic function, 1 / (1 + e⁻ˣ), without overflow and with all digits on both sides.</summary>
    [Partial("x", "Sigmoid(x) * Sigmoid(-x)")]
    [Sign("+")]
    [Bound("1")]
    [Bound("0.25", "x")]
    [Increasing]
    public static double Sigmoid(double x) => LaneMath.Sigmoid<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Sigmoid(double)"/>
    public static TTensor Sigmoid<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Sigmoid);

    /// <summary><inheritdoc cref="Sigmoid(double)" path="/summary"/> A dense matrix, ½ where nothing is stored.</summary>
    public static Matrix<TElement> Sigmoid<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Sigmoid(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Sigmoid(double)"/>
    public static TLane Sigmoid<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var e = TLane.Exp(-TLane.Abs(x));
        return TLane.IfLess(x, 0, e, 1) / (1 + e);
    }
}
