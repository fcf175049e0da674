using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The sign of x: −1, 0 or 1; NaN of NaN. Its derivative is 0 everywhere.</summary>
    [Partial("x", "0")]
    [Sign("x")]
    [Increasing]
    public static double Sign(double x) => LaneMath.Sign<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Sign(double)"/>
    public static TTensor Sign<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Sign);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Sign(double)"/>
    public static TLane Sign<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.IfLess(x, 0, -1, TLane.IfLess(0, x, 1, x));
}
