using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>1 / x, and 0 at 0 and beside it, where 1 / x overflows: the derivative of a norm is x · <c>ReciprocalOrZero</c>(norm).</summary>
    [Partial("x", "-Square(ReciprocalOrZero(x))")]
    [Sign("x")]
    public static double ReciprocalOrZero(double x) => LaneMath.ReciprocalOrZero<ScalarLane<double>>(x).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.ReciprocalOrZero(double)"/>
    public static TLane ReciprocalOrZero<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.IfLess(TLane.Abs(1 / x), double.PositiveInfinity, 1 / x, 0 * x);
}
