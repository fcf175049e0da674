using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoGradMf.Kernels;

/// <summary>
/// The exponential of every number of a register by itself. The runtime computes a whole register number by number where one of them is out of
/// range, which rounds otherwise; and how many it takes as one register depends on whether the code has been optimized yet.
/// </summary>
internal static class RegisterExponential
{
    /// <summary>The runtime's range ends at 708.</summary>
    private const double Range = 700;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> x) =>
        Vector.LessThanOrEqualAll(Vector.Abs(x), new Vector<double>(Range)) ? Vector.Exp(x) : Far<VectorLane<double>>(new(x)).Value;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x) =>
        Vector512.LessThanOrEqualAll(Vector512.Abs(x), Vector512.Create(Range)) ? Vector512.Exp(x) : Far<WideLane<double>>(new(x)).Value;

    /// <summary>eˣ = (e^(x/2))² beyond the range, where e^(±2 · 700) is infinite or zero.</summary>
    private static TLane Far<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var half = TLane.IfLessOrEqual(x, 2 * Range, x / 2, Range); // NaN too becomes a number, and is put back below.
        half = TLane.IfLess(half, -Range, -Range, half);
        var size = TLane.Abs(x);
        var power = TLane.Exp(TLane.IfLessOrEqual(size, Range, x, half));
        return TLane.IfLessOrEqual(size, Range, power, TLane.IfLessOrEqual(size, double.PositiveInfinity, power * power, x));
    }
}
