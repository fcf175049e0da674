using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>x / √(weight · x² + epsilon), whose multiple is the slope of <see cref="WeightedSmoothAbs"/>, without overflow; 0 where x is, or both others are.</summary>
    [Partial("x", "epsilon * ReciprocalOrZero(WeightedSmoothAbs(x, weight, epsilon)) * Square(ReciprocalOrZero(WeightedSmoothAbs(x, weight, epsilon)))")]
    [Partial("weight", "-0.5 * Square(WeightedSmoothSign(x, weight, epsilon)) * WeightedSmoothSign(x, weight, epsilon)")]
    [Partial("epsilon", "-0.5 * WeightedSmoothSign(x, weight, epsilon) * Square(ReciprocalOrZero(WeightedSmoothAbs(x, weight, epsilon)))")]
    [Sign("x")]
    public static double WeightedSmoothSign(double x, double weight, double epsilon) => LaneMath.WeightedSmoothSign<ScalarLane<double>>(x, weight, epsilon).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.WeightedSmoothSign(double, double, double)"/>
    public static TLane WeightedSmoothSign<TLane>(TLane x, TLane weight, TLane epsilon)
        where TLane : struct, ILane<TLane>
    {
        var (root, sign) = (TLane.Sqrt(TLane.Abs(weight)), Sign(x));
        var size = TLane.Abs(x) * root;
        var scaled = TLane.IfLessOrEqual(TLane.Abs(epsilon), size * size, sign * ReciprocalOrZero(root), x);
        return TLane.IfLess(0, TLane.Abs(sign), scaled / TLane.Sqrt(SumBySignedSquare(size, weight, epsilon)), x);
    }
}
