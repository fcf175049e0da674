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

    // Beyond these a float is infinite or zero.
    private const float MostSingle = 89;
    private const float LeastSingle = -104;

    private const float InverseLog2 = 1.44269504f;

    // What is added to 1.5 · 2²³ is rounded to a whole number, which are its last bits.
    private const float Rounding = 12_582_912;
    private const int RoundingBits = 0x4B40_0000;
    private const int Bias = 127;

    // log 2 in two parts, of which the first has so few bits that its multiples are exact.
    private const float FirstOfLog2 = 0.693359375f;
    private const float RestOfLog2 = -2.12194440e-4f;

    // The polynomial of Moshier's Cephes library, expf: eʳ ≈ 1 + r + r² (½ + …); the result is 1.01 units in the last place off at most.
    private const float Second = 5.0000001201e-1f;
    private const float Third = 1.6666665459e-1f;
    private const float Fourth = 4.1665795894e-2f;
    private const float Fifth = 8.3334519073e-3f;
    private const float Sixth = 1.3981999507e-3f;
    private const float Seventh = 1.9875691500e-4f;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> x) =>
        Vector.LessThanOrEqualAll(Vector.Abs(x), new Vector<double>(Range)) ? Vector.Exp(x) : Far<VectorLane<double>>(new(x)).Value;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x) =>
        Vector512.LessThanOrEqualAll(Vector512.Abs(x), Vector512.Create(Range)) ? Vector512.Exp(x) : Far<WideLane<double>>(new(x)).Value;

    /// <summary>eˣ = 2ⁿ eʳ with a whole n and |r| ≤ ½ log 2; that of the runtime is not 1 at zero, so that 1 - eˣ is below zero there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        // What is not a number stays that.
        x = Vector.ConditionalSelect(Vector.GreaterThan(x, new(MostSingle)), new(MostSingle), x);
        x = Vector.ConditionalSelect(Vector.LessThan(x, new(LeastSingle)), new(LeastSingle), x);
        var rounded = Vector.FusedMultiplyAdd(x, new(InverseLog2), new(Rounding));
        var n = rounded - new Vector<float>(Rounding);
        var r = Vector.FusedMultiplyAdd(n, new(-RestOfLog2), Vector.FusedMultiplyAdd(n, new(-FirstOfLog2), x));
        var tail = Vector.FusedMultiplyAdd(r, new(Seventh), new(Sixth));
        tail = Vector.FusedMultiplyAdd(tail, r, new(Fifth));
        tail = Vector.FusedMultiplyAdd(tail, r, new(Fourth));
        tail = Vector.FusedMultiplyAdd(tail, r, new(Third));
        tail = Vector.FusedMultiplyAdd(tail, r, new(Second));
        var power = Vector.FusedMultiplyAdd(tail, r * r, r) + Vector<float>.One;
        // Two halves of n: 2ⁿ itself may be too large or too small for a float where the result is not.
        var whole = Vector.AsVectorInt32(rounded) - new Vector<int>(RoundingBits);
        var half = whole >> 1;
        return power * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <summary>The same of a wider register, operation by operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(MostSingle)), Vector512.Create(MostSingle), x);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(LeastSingle)), Vector512.Create(LeastSingle), x);
        var rounded = Vector512.FusedMultiplyAdd(x, Vector512.Create(InverseLog2), Vector512.Create(Rounding));
        var n = rounded - Vector512.Create(Rounding);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-RestOfLog2), Vector512.FusedMultiplyAdd(n, Vector512.Create(-FirstOfLog2), x));
        var tail = Vector512.FusedMultiplyAdd(r, Vector512.Create(Seventh), Vector512.Create(Sixth));
        tail = Vector512.FusedMultiplyAdd(tail, r, Vector512.Create(Fifth));
        tail = Vector512.FusedMultiplyAdd(tail, r, Vector512.Create(Fourth));
        tail = Vector512.FusedMultiplyAdd(tail, r, Vector512.Create(Third));
        tail = Vector512.FusedMultiplyAdd(tail, r, Vector512.Create(Second));
        var power = Vector512.FusedMultiplyAdd(tail, r * r, r) + Vector512<float>.One;
        var whole = rounded.AsInt32() - Vector512.Create(RoundingBits);
        var half = whole >> 1;
        return power * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> n) => Vector.AsVectorSingle((n + new Vector<int>(Bias)) << 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> n) => ((n + Vector512.Create(Bias)) << 23).AsSingle();

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
