using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The inverse of the hyperbolic tangent; ±∞ at ±1 and NaN beyond.</summary>
    [Partial("x", "1 / ((1 - x) * (1 + x))")]
    [Sign("x")]
    [Increasing]
    [LeastArgument(-1)]
    [GreatestArgument(1)]
    public static double Atanh(double x) => LaneMath.Atanh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Atanh(double)"/>
    public static TTensor Atanh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Atanh);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Atanh(double)"/>
    public static TLane Atanh<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Atanh);
}
