using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>A register of 512 bits.</summary>
/// <param name="value">The numbers.</param>
internal readonly unsafe struct Register512<TElement>(Vector512<TElement> value) : IRegister<Register512<TElement>, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Vector512<TElement> _value = value;

    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    public static int Bits => 512;

    public static int Count => Vector512<TElement>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> operator +(Register512<TElement> left, Register512<TElement> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> operator -(Register512<TElement> left, Register512<TElement> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> operator *(Register512<TElement> left, Register512<TElement> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> All(TElement value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> Load(TElement* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register512<TElement> values, TElement* into) => values._value.Store(into);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> MultiplyAdd(Register512<TElement> left, Register512<TElement> right, Register512<TElement> addend) =>
        typeof(TElement) == typeof(float)
            ? new(Vector512.MultiplyAddEstimate(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, TElement>())
            : new(Vector512.MultiplyAddEstimate(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, TElement>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register512<TElement> Join(Register512<TElement> lower, Register512<TElement> upper) =>
        new(Vector512.ConditionalSelect(LowerHalf, lower._value, upper._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Sum(Register512<TElement> values) =>
        Register256<TElement>.Sum(new(values._value.GetLower() + values._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Register512<TElement> values0, Register512<TElement> values1, Register512<TElement> values2, Register512<TElement> values3, TElement* into)
    {
        if (!Avx512F.IsSupported)
        {
            Register256<TElement>.StoreSums(Halves(values0), Halves(values1), Halves(values2), Halves(values3), into);
        }
        else if (typeof(TElement) == typeof(float))
        {
            // In each 128 bits: what is left of values0, values1, values2, values3.
            var (pair01, pair23) = (Add(values0._value.AsSingle(), values1._value.AsSingle()), Add(values2._value.AsSingle(), values3._value.AsSingle()));
            var four = Add(pair01.AsDouble(), pair23.AsDouble()).AsSingle();
            var two = four.GetLower() + four.GetUpper();
            (two.GetLower() + two.GetUpper()).Store((float*)into);
        }
        else
        {
            var (pair01, pair23) = (Add(values0._value.AsDouble(), values1._value.AsDouble()), Add(values2._value.AsDouble(), values3._value.AsDouble()));
            var (two01, two23) = (pair01.GetLower() + pair01.GetUpper(), pair23.GetLower() + pair23.GetUpper());
            (two01.GetLower() + two01.GetUpper()).Store((double*)into);
            (two23.GetLower() + two23.GetUpper()).Store((double*)into + 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowerSums(
        Register512<TElement> values0, Register512<TElement> values1, Register512<TElement> values2, Register512<TElement> values3, TElement* into) =>
        Register256<TElement>.StoreSums(
            new(values0._value.GetLower()), new(values1._value.GetLower()), new(values2._value.GetLower()), new(values3._value.GetLower()), into);

    /// <summary>A constant of the code, which two halves put together would not be.</summary>
    private static Vector512<TElement> LowerHalf
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0, 0, 0, 0).As<ulong, TElement>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Register256<TElement> Halves(Register512<TElement> values) => new(values._value.GetLower() + values._value.GetUpper());

    /// <summary>In each 128 bits, the two sums of every other number of left and right, twice: left, right, left, right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add(Vector512<float> left, Vector512<float> right) =>
        Avx512F.UnpackLow(left, right) + Avx512F.UnpackHigh(left, right);

    /// <summary>In each 128 bits, the sum of left's two and the sum of right's two, of floats in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Add(Vector512<double> left, Vector512<double> right)
    {
        var (low, high) = (Avx512F.UnpackLow(left, right), Avx512F.UnpackHigh(left, right));
        return typeof(TElement) == typeof(float) ? (low.AsSingle() + high.AsSingle()).AsDouble() : low + high;
    }
}
