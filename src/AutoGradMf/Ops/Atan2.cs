using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The angle of the point (x, y) against the positive x axis, in radians, within ±π; 0 at the origin.</summary>
    [Partial("y", "OverHypot(x, y) * ReciprocalOrZero(Hypot(x, y))")]
    [Partial("x", "-OverHypot(y, x) * ReciprocalOrZero(Hypot(x, y))")]
    public static double Atan2(double y, double x) => LaneMath.Atan2<ScalarLane<double>>(y, x).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Atan2(double, double)"/>
    public static TLane Atan2<TLane>(TLane y, TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(y, x, Math.Atan2);
}
