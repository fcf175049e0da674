using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>x² / (x² + scale), the loss of Geman and McClure, without overflow; 1 at (0, 0).</summary>
    [Partial("x", "2 * scale * x * Square(ReciprocalOrZero(Square(x) + scale))")]
    [Partial("scale", "-Square(x * ReciprocalOrZero(Square(x) + scale))")]
    [Sign("+", "scale >= 0")]
    public static double GemanMcClure(double x, double scale) => LaneMath.GemanMcClure<ScalarLane<double>>(x, scale).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.GemanMcClure(double, double)"/>
    public static TLane GemanMcClure<TLane>(TLane x, TLane scale)
        where TLane : struct, ILane<TLane>
    {
        var sum = SumBySquare(x, scale);
        return TLane.IfLessOrEqual(TLane.Abs(scale), x * x, 1 / sum, x * (x / sum));
    }
}
