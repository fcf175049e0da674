using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The hyperbolic tangent.</summary>
    /// <remarks>The derivative 1 − tanh² is written as 4·σ(2x)·σ(−2x), which keeps its digits where tanh is near ±1.</remarks>
    [Partial("x", "4 * Sigmoid(2 * x) * Sigmoid(-2 * x)")]
    [Sign("x")]
    [Bound("1")]
    [Bound("1", "x")]
    [Increasing]
    public static double Tanh(double x) => LaneMath.Tanh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Tanh(double)"/>
    public static TTensor Tanh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Tanh);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Tanh(double)"/>
    public static TLane Tanh<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var e = Expm1(-2 * TLane.Abs(x));
        var size = -e / (e + 2);
        return TLane.IfLess(x, 0, -size, size);
    }
}
