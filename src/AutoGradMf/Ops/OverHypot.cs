using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>x / √(x² + y²), the cosine of the angle of (x, y), without overflow; 0 at (0, 0).</summary>
    /// <remarks>A pseudo-Huber loss pulls with this force.</remarks>
    [Partial("x", "Square(OverHypot(y, x)) * ReciprocalOrZero(Hypot(x, y))")]
    [Partial("y", "-OverHypot(x, y) * OverHypot(y, x) * ReciprocalOrZero(Hypot(x, y))")]
    [Sign("x")]
    [Bound("1")]
    [Bound("1 / Abs(y)", "x")]
    public static double OverHypot(double x, double y) => LaneMath.OverHypot<ScalarLane<double>>(x, y).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.OverHypot(double, double)"/>
    public static TLane OverHypot<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane>
    {
        var (sizeX, sizeY) = (TLane.Abs(x), TLane.Abs(y));
        var (small, large) = (Min(sizeX, sizeY), Max(sizeX, sizeY));
        var ratio = TLane.IfLess(small, large, small / large, TLane.IfLessOrEqual(small, large, 1, large));
        return Sign(x) * TLane.IfLess(sizeX, sizeY, ratio, 1) / TLane.Sqrt(1 + (ratio * ratio));
    }
}
