using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>√(weight · x² + epsilon), finite where √weight · |x| is; NaN where weight · x² + epsilon is negative.</summary>
    [Partial("x", "weight * WeightedSmoothSign(x, weight, epsilon)")]
    [Partial("weight", "0.5 * x * WeightedSmoothSign(x, weight, epsilon)")]
    [Partial("epsilon", "0.5 * ReciprocalOrZero(WeightedSmoothAbs(x, weight, epsilon))")]
    [Sign("+")]
    public static double WeightedSmoothAbs(double x, double weight, double epsilon) => LaneMath.WeightedSmoothAbs<ScalarLane<double>>(x, weight, epsilon).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.WeightedSmoothAbs(double, double, double)"/>
    public static TLane WeightedSmoothAbs<TLane>(TLane x, TLane weight, TLane epsilon)
        where TLane : struct, ILane<TLane>
    {
        var size = TLane.Abs(x) * TLane.Sqrt(TLane.Abs(weight));
        return TLane.IfLessOrEqual(TLane.Abs(epsilon), size * size, size, 1) * TLane.Sqrt(SumBySignedSquare(size, weight, epsilon));
    }

    /// <summary>± size² + epsilon with the sign of the weight, or where size² is the larger one ± 1 + epsilon / size².</summary>
    private static TLane SumBySignedSquare<TLane>(TLane size, TLane weight, TLane epsilon)
        where TLane : struct, ILane<TLane>
    {
        var square = size * size;
        var sign = TLane.IfLess(weight, 0, TLane.IfLess(0, square, -1, 0), 1);
        var inverse = ReciprocalOrZero(size);
        return TLane.IfLessOrEqual(TLane.Abs(epsilon), square, sign + (epsilon * inverse * inverse), (sign * square) + epsilon);
    }
}
