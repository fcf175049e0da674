using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>One number: what kernels compute with where the hardware has no vectors, or the runtime may not use them.</summary>
/// <param name="value">The number.</param>
internal readonly unsafe struct Register1<TElement>(TElement value) : IRegister<Register1<TElement>, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement _value = value;

    public static bool IsSupported => true;

    public static int Bits => 0;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> operator +(Register1<TElement> left, Register1<TElement> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> operator -(Register1<TElement> left, Register1<TElement> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> operator *(Register1<TElement> left, Register1<TElement> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> All(TElement value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> Load(TElement* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Register1<TElement> values, TElement* into) => *into = values._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> MultiplyAdd(Register1<TElement> left, Register1<TElement> right, Register1<TElement> addend) =>
        new((left._value * right._value) + addend._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Register1<TElement> Join(Register1<TElement> lower, Register1<TElement> upper) => lower;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Sum(Register1<TElement> values) => values._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Register1<TElement> values0, Register1<TElement> values1, Register1<TElement> values2, Register1<TElement> values3, TElement* into)
    {
        into[0] = values0._value;
        into[1] = values1._value;
        into[2] = values2._value;
        into[3] = values3._value;
    }
}
