using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The length √(x² + y²), without overflow; its derivatives at (0, 0) are taken as 0.</summary>
    [Partial("x", "OverHypot(x, y)")]
    [Partial("y", "OverHypot(y, x)")]
    [Sign("+")]
    public static double Hypot(double x, double y) => LaneMath.Hypot<ScalarLane<double>>(x, y).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Hypot(double, double)"/>
    public static TLane Hypot<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane>
    {
        var (small, large) = (Min(TLane.Abs(x), TLane.Abs(y)), Max(TLane.Abs(x), TLane.Abs(y)));
        var ratio = TLane.IfLess(small, large, small / large, 1); // equal ones may be 0 or infinite
        return large * TLane.Sqrt(1 + (ratio * ratio));
    }
}
