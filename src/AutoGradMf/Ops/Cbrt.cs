using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The cube root, of negative numbers too.</summary>
    [Partial("x", "1 / (3 * Square(Cbrt(x)))")]
    [Sign("x")]
    [Increasing]
    public static double Cbrt(double x) => LaneMath.Cbrt<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Cbrt(double)"/>
    public static TTensor Cbrt<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Cbrt);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Cbrt(double)"/>
    public static TLane Cbrt<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Cbrt);
}
