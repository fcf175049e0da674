using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(1 + weight · x²), Cauchy's loss, finite where √weight · |x| is, and with all digits near 0; NaN where 1 + weight · x² is negative.</summary>
    /// <remarks>Where the square is large it is 2 ln(√weight · |x|).</remarks>
    [Partial("x", "2 * OverOnePlusSquare(x, weight)")]
    [Partial("weight", "1 / (weight + Square(Reciprocal(x)))")]
    [Sign("+", "weight >= 0")]
    public static double Log1pSquare(double x, double weight) => LaneMath.Log1pSquare<ScalarLane<double>>(x, weight).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Log1pSquare(double, double)"/>
    public static TLane Log1pSquare<TLane>(TLane x, TLane weight)
        where TLane : struct, ILane<TLane>
    {
        const double Large = 1e9; // beside its square 1 is nothing, and in float the square is finite
        var root = TLane.Abs(x) * TLane.Sqrt(TLane.Abs(weight));
        var logarithm = Log1p(TLane.IfLess(root, Large, weight * x * x, root - 1));
        return TLane.IfLess(root, Large, 1, TLane.IfLess(weight, 0, double.NaN, 2)) * logarithm;
    }
}
