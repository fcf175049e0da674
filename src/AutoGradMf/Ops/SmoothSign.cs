using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>x / √(x² + epsilon), the slope of <see cref="SmoothAbs"/>, without overflow; 0 at (0, 0).</summary>
    [Partial("x", "epsilon * ReciprocalOrZero(SmoothAbs(x, epsilon)) * Square(ReciprocalOrZero(SmoothAbs(x, epsilon)))")]
    [Partial("epsilon", "-0.5 * SmoothSign(x, epsilon) * Square(ReciprocalOrZero(SmoothAbs(x, epsilon)))")]
    [Sign("x")]
    public static double SmoothSign(double x, double epsilon) => LaneMath.SmoothSign<ScalarLane<double>>(x, epsilon).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.SmoothSign(double, double)"/>
    public static TLane SmoothSign<TLane>(TLane x, TLane epsilon)
        where TLane : struct, ILane<TLane> =>
        TLane.IfLessOrEqual(TLane.Abs(epsilon), x * x, Sign(x), x) / TLane.Sqrt(SumBySquare(x, epsilon));
}
