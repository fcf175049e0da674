using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>A register of 256 bits.</summary>
/// <param name="value">The numbers.</param>
internal readonly unsafe struct Register256<TElement>(Vector256<TElement> value) : IRegister<Register256<TElement>, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Vector256<TElement> _value = value;

    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    public static int Bits => 256;

    public static int Count => Vector256<TElement>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> operator +(Register256<TElement> left, Register256<TElement> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> operator -(Register256<TElement> left, Register256<TElement> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> operator *(Register256<TElement> left, Register256<TElement> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> All(TElement value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> Load(TElement* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register256<TElement> values, TElement* into) => values._value.Store(into);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> MultiplyAdd(Register256<TElement> left, Register256<TElement> right, Register256<TElement> addend) =>
        typeof(TElement) == typeof(float)
            ? new(Vector256.MultiplyAddEstimate(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, TElement>())
            : new(Vector256.MultiplyAddEstimate(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, TElement>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register256<TElement> Join(Register256<TElement> lower, Register256<TElement> upper) =>
        new(Vector256.Create(lower._value.GetLower(), upper._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Sum(Register256<TElement> values) =>
        Register128<TElement>.Sum(new(values._value.GetLower() + values._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Register256<TElement> values0, Register256<TElement> values1, Register256<TElement> values2, Register256<TElement> values3, TElement* into)
    {
        if (!Avx.IsSupported)
        {
            Register128<TElement>.StoreSums(Halves(values0), Halves(values1), Halves(values2), Halves(values3), into);
        }
        else if (typeof(TElement) == typeof(float))
        {
            // In each 128 bits: what is left of values0, values1, values2, values3.
            var (pair01, pair23) = (Add(values0._value.AsSingle(), values1._value.AsSingle()), Add(values2._value.AsSingle(), values3._value.AsSingle()));
            var four = Add(pair01.AsDouble(), pair23.AsDouble()).AsSingle();
            (four.GetLower() + four.GetUpper()).Store((float*)into);
        }
        else
        {
            var (pair01, pair23) = (Add(values0._value.AsDouble(), values1._value.AsDouble()), Add(values2._value.AsDouble(), values3._value.AsDouble()));
            (pair01.GetLower() + pair01.GetUpper()).Store((double*)into);
            (pair23.GetLower() + pair23.GetUpper()).Store((double*)into + 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Register128<TElement> Halves(Register256<TElement> values) => new(values._value.GetLower() + values._value.GetUpper());

    /// <summary>In each 128 bits, the two sums of every other number of left and right, twice: left, right, left, right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(Vector256<float> left, Vector256<float> right) =>
        Avx.UnpackLow(left, right) + Avx.UnpackHigh(left, right);

    /// <summary>In each 128 bits, the sum of left's two and the sum of right's two, of floats in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Add(Vector256<double> left, Vector256<double> right)
    {
        var (low, high) = (Avx.UnpackLow(left, right), Avx.UnpackHigh(left, right));
        return typeof(TElement) == typeof(float) ? (low.AsSingle() + high.AsSingle()).AsDouble() : low + high;
    }
}
