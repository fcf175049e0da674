using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>weight · x / (1 + weight · x²), half the slope of <see cref="Log1pSquare"/>, without overflow.</summary>
    /// <remarks>Where the square is large it is 1 / x.</remarks>
    [Partial("x", "weight * Reciprocal(1 + weight * Square(x)) * (2 * Reciprocal(1 + weight * Square(x)) - 1)")]
    [Partial("weight", "x * Square(Reciprocal(1 + weight * Square(x)))")]
    [Sign("x", "weight >= 0")]
    public static double OverOnePlusSquare(double x, double weight) => LaneMath.OverOnePlusSquare<ScalarLane<double>>(x, weight).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.OverOnePlusSquare(double, double)"/>
    public static TLane OverOnePlusSquare<TLane>(TLane x, TLane weight)
        where TLane : struct, ILane<TLane>
    {
        var square = weight * x * x;
        var size = TLane.Abs(square);
        return TLane.IfLess(UnitIsLost, size, 1, weight * x) / TLane.IfLess(UnitIsLost, size, x, 1 + square);
    }
}
