using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The arc sine in radians; NaN outside of [−1, 1].</summary>
    [Partial("x", "1 / Sqrt((1 - x) * (1 + x))")]
    [Sign("x")]
    [Increasing]
    [LeastArgument(-1)]
    [GreatestArgument(1)]
    public static double Asin(double x) => LaneMath.Asin<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Asin(double)"/>
    public static TTensor Asin<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Asin);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Asin(double)"/>
    public static TLane Asin<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Asin);
}
