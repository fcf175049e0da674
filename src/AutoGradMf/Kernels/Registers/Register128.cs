using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>A register of 128 bits.</summary>
/// <param name="value">The numbers.</param>
internal readonly unsafe struct Register128<TElement>(Vector128<TElement> value) : IRegister<Register128<TElement>, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Vector128<TElement> _value = value;

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int Bits => 128;

    public static int Count => Vector128<TElement>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> operator +(Register128<TElement> left, Register128<TElement> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> operator -(Register128<TElement> left, Register128<TElement> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> operator *(Register128<TElement> left, Register128<TElement> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> All(TElement value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> Load(TElement* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register128<TElement> values, TElement* into) => values._value.Store(into);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> MultiplyAdd(Register128<TElement> left, Register128<TElement> right, Register128<TElement> addend) =>
        typeof(TElement) == typeof(float)
            ? new(Vector128.MultiplyAddEstimate(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, TElement>())
            : new(Vector128.MultiplyAddEstimate(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, TElement>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register128<TElement> Join(Register128<TElement> lower, Register128<TElement> upper) =>
        new(Vector128.Create(lower._value.GetLower(), upper._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Sum(Register128<TElement> values) => Vector128.Sum(values._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Register128<TElement> values0, Register128<TElement> values1, Register128<TElement> values2, Register128<TElement> values3, TElement* into)
    {
        if (!Sse2.IsSupported)
        {
            into[0] = Sum(values0);
            into[1] = Sum(values1);
            into[2] = Sum(values2);
            into[3] = Sum(values3);
        }
        else if (typeof(TElement) == typeof(float))
        {
            // What is left of values0, values1, values2, values3.
            var (pair01, pair23) = (Add(values0._value.AsSingle(), values1._value.AsSingle()), Add(values2._value.AsSingle(), values3._value.AsSingle()));
            var four = Add(pair01.AsDouble(), pair23.AsDouble()).AsSingle();
            four.Store((float*)into);
        }
        else
        {
            var (pair01, pair23) = (Add(values0._value.AsDouble(), values1._value.AsDouble()), Add(values2._value.AsDouble(), values3._value.AsDouble()));
            pair01.Store((double*)into);
            pair23.Store((double*)into + 2);
        }
    }

    /// <summary>The two sums of every other number of left and right, twice: left, right, left, right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Add(Vector128<float> left, Vector128<float> right) =>
        Sse.UnpackLow(left, right) + Sse.UnpackHigh(left, right);

    /// <summary>The sum of left's two and the sum of right's two, of floats in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Add(Vector128<double> left, Vector128<double> right)
    {
        var (low, high) = (Sse2.UnpackLow(left, right), Sse2.UnpackHigh(left, right));
        return typeof(TElement) == typeof(float) ? (low.AsSingle() + high.AsSingle()).AsDouble() : low + high;
    }
}
