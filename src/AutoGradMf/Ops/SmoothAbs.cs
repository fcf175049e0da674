using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>√(x² + epsilon), a smooth |x|, without overflow; NaN where x² + epsilon is negative.</summary>
    [Partial("x", "SmoothSign(x, epsilon)")]
    [Partial("epsilon", "0.5 * ReciprocalOrZero(SmoothAbs(x, epsilon))")]
    [Sign("+")]
    public static double SmoothAbs(double x, double epsilon) => LaneMath.SmoothAbs<ScalarLane<double>>(x, epsilon).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.SmoothAbs(double, double)"/>
    public static TLane SmoothAbs<TLane>(TLane x, TLane epsilon)
        where TLane : struct, ILane<TLane>
    {
        var size = TLane.Abs(x);
        return TLane.IfLessOrEqual(TLane.Abs(epsilon), size * size, size, 1) * TLane.Sqrt(SumBySquare(size, epsilon));
    }

    /// <summary>x² + epsilon, or where x² is the larger one 1 + epsilon / x².</summary>
    private static TLane SumBySquare<TLane>(TLane x, TLane epsilon)
        where TLane : struct, ILane<TLane>
    {
        var inverse = ReciprocalOrZero(x);
        return TLane.IfLessOrEqual(TLane.Abs(epsilon), x * x, 1 + (epsilon * inverse * inverse), (x * x) + epsilon);
    }
}
