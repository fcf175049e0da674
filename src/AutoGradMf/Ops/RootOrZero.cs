using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>√x above 0, else 0, with the derivative 0: a norm from its square, which rounding may have put below 0.</summary>
    [Partial("x", "0.5 * ReciprocalOrZero(RootOrZero(x))")]
    [Sign("+")]
    [Increasing]
    public static double RootOrZero(double x) => LaneMath.RootOrZero<ScalarLane<double>>(x).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.RootOrZero(double)"/>
    public static TLane RootOrZero<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Sqrt(TLane.IfLess(x, 0, 0, x));
}
